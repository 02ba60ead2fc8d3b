import { getApp } from "@/lib/apps/apps";
import { failNotFound } from "@/lib/errors";
import { parseInput } from "@/lib/input";
import { CreateResourceBody, UpdateResourceBody } from "@/lib/oauth/resources/inputs";
import { findResourceApp, listResources, serializeResource } from "@/lib/oauth/resources/resource";
import { createResource, deleteResource, updateResource } from "@/lib/oauth/resources/resources";
import { type Command, type Flag, type Flags, UsageError } from "../command";
import { APP_FLAG, listOf, onOff } from "../flags";

const BY = { type: "operator" } as const;
const RESOURCE_FLAG: Flag = {
  value: "RESOURCE_ID",
  required: true,
  help: "the resource ID, as `resources list` shows it",
};
const OPTIONAL_APP: Flag = { ...APP_FLAG, required: false, help: "the app ID. The resource ID alone is enough" };
const IDENTIFIER: Flag = { value: "URI", help: "the URI that clients send as resource, and the aud of its tokens" };
const NAME: Flag = { value: "NAME", help: "the name in the dashboard and on the consent page" };
const SCOPE: Flag = { value: "SCOPE", multiple: true, help: "a scope of the app that belongs to this resource" };
const DEFAULT: Flag = { value: "on|off", bare: "on", help: "issue tokens for it if a request names no resource" };
const TTL: Flag = {
  value: "SECONDS",
  also: ["access-token-ttl-seconds"],
  help: "lifetime of its access tokens, or `default`",
  field: "access_token_ttl_seconds",
};

function lifetime(flags: Flags): number | null | undefined {
  const value = flags.optional("ttl");
  if (value === undefined) return undefined;
  return value === "default" ? null : Number(value);
}

function scopesOf(flags: Flags): string[] | undefined {
  return listOf(flags, "scope")?.flatMap((scope) => scope.split(" ").filter(Boolean));
}

async function appOf(flags: Flags): Promise<string> {
  const named = flags.optional("app");
  if (named) return (await getApp(named)).id;
  return (await findResourceApp(flags.text("resource"))) ?? failNotFound("The resource");
}

export const resourcesCreate: Command = {
  name: "resources create",
  help: "Create a resource: an API that access tokens can be issued for",
  flags: {
    app: APP_FLAG,
    identifier: { ...IDENTIFIER, required: true },
    name: { ...NAME, required: true },
    scope: SCOPE,
    default: DEFAULT,
    ttl: TTL,
  },
  run: async (flags) => {
    const app = await getApp(flags.text("app"));
    const input = parseInput(CreateResourceBody, {
      identifier: flags.text("identifier"),
      name: flags.text("name"),
      scopes: scopesOf(flags),
      default: onOff(flags, "default"),
      access_token_ttl_seconds: lifetime(flags),
    });
    return createResource(app, input, BY);
  },
};

export const resourcesList: Command = {
  name: "resources list",
  help: "List the resources of an app",
  flags: { app: APP_FLAG },
  columns: ["id", "identifier", "name", "scopes", "default"],
  run: async (flags) => {
    const { id } = await getApp(flags.text("app"));
    return { resources: (await listResources(id)).map(serializeResource) };
  },
};

export const resourcesUpdate: Command = {
  name: "resources update",
  help: "Change a resource. Its scopes are replaced as a whole",
  flags: {
    app: OPTIONAL_APP,
    resource: RESOURCE_FLAG,
    identifier: IDENTIFIER,
    name: NAME,
    scope: { ...SCOPE, help: `${SCOPE.help}; "" for none` },
    default: DEFAULT,
    ttl: TTL,
  },
  run: async (flags) => {
    const input = parseInput(UpdateResourceBody, {
      identifier: flags.optional("identifier"),
      name: flags.optional("name"),
      scopes: scopesOf(flags),
      default: onOff(flags, "default"),
      access_token_ttl_seconds: lifetime(flags),
    });
    const said = Object.entries(input).filter(([, value]) => value !== undefined);
    if (said.length === 0) throw new UsageError("Name at least one setting to change, for example --default on.");
    return updateResource(await appOf(flags), flags.text("resource"), Object.fromEntries(said), BY);
  },
};

export const resourcesDelete: Command = {
  name: "resources delete",
  help: "Delete a resource. Its access tokens stay valid until they expire",
  flags: { app: OPTIONAL_APP, resource: RESOURCE_FLAG },
  run: async (flags) => {
    await deleteResource(await appOf(flags), flags.text("resource"), BY);
    return { id: flags.text("resource"), deleted: true };
  },
};

export const commands: Command[] = [resourcesCreate, resourcesList, resourcesUpdate, resourcesDelete];
