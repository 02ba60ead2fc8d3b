import { getApp } from "@/lib/apps/apps";
import { parseInput } from "@/lib/input";
import { connectionAnswer, deleteConnection, listConnections, setConnection } from "@/lib/social/connections";
import { NewConnection } from "@/lib/social/inputs";
import { PROVIDER_NAMES } from "@/lib/social/list";
import { type Command, type Flags, UsageError } from "../command";
import { APP_FLAG, listOf } from "../flags";

const BY = { type: "operator" } as const;

/** undefined if both flags are absent. */
function toggle(flags: Flags, on: string, off: string): boolean | undefined {
  if (flags.on(on) && flags.on(off)) throw new UsageError(`Pass either --${on} or --${off}, not both.`);
  return flags.on(on) ? true : flags.on(off) ? false : undefined;
}

export const socialSet: Command = {
  name: "social set",
  help: "Create or update a connection to a sign-in provider. Absent flags leave settings unchanged",
  flags: {
    app: APP_FLAG,
    provider: { value: PROVIDER_NAMES.join("|"), required: true, help: PROVIDER_NAMES.join(", ") },
    connection: { value: "NAME", help: "its name in URLs (default: the provider's name)" },
    "client-id": { value: "CLIENT_ID", required: true, help: "the client ID that the provider issued" },
    "client-secret": { value: "SECRET", help: "the client secret that the provider issued" },
    "redirect-uri": { value: "URI", multiple: true, help: "a URL of yours to return to, compared exactly" },
    issuer: { value: "URL", help: "the issuer, for oidc or a self-managed GitLab" },
    "authorize-url": {
      value: "URL",
      help: "overrides the authorization endpoint, e.g. for GitHub Enterprise",
      field: "authorization_url",
    },
    "token-url": { value: "URL", help: "overrides the token endpoint" },
    "api-url": { value: "URL", help: "overrides GitHub's API URL or the userinfo endpoint" },
    scope: { value: "SCOPE", multiple: true, help: "replaces the provider's default scopes" },
    name: { value: "NAME", help: "the name on the button: Continue with NAME", field: "display_name" },
    delivery: { value: "query|fragment|code", help: "how your return URL receives the result; code is the safest" },
    enable: { help: "enable sign-in with this connection (default)" },
    disable: { help: "disable sign-in with this connection", field: "enabled" },
  },
  run: async (flags) => {
    const app = await getApp(flags.text("app"));
    const input = parseInput(NewConnection, {
      provider: flags.text("provider"),
      connection: flags.optional("connection"),
      display_name: flags.optional("name"),
      client_id: flags.text("client-id"),
      client_secret: flags.optional("client-secret"),
      issuer: flags.optional("issuer"),
      authorization_url: flags.optional("authorize-url"),
      token_url: flags.optional("token-url"),
      api_url: flags.optional("api-url"),
      scopes: listOf(flags, "scope")?.flatMap((scope) => scope.split(" ")),
      redirect_uris: listOf(flags, "redirect-uri"),
      delivery: flags.optional("delivery"),
      enabled: toggle(flags, "enable", "disable"),
    });
    return setConnection(app, input, BY);
  },
};

export const socialList: Command = {
  name: "social list",
  help: "List the connections of an app, without their secrets",
  flags: { app: APP_FLAG },
  columns: ["connection", "provider", "display_name", "enabled", "client_id"],
  run: async (flags) => {
    const app = await getApp(flags.text("app"));
    return { connections: (await listConnections(app.id)).map(connectionAnswer) };
  },
};

export const socialDelete: Command = {
  name: "social delete",
  help: "Delete a connection. Its users need another sign-in method",
  flags: { app: APP_FLAG, connection: { value: "NAME", required: true, help: "as `social list` shows it" } },
  run: async (flags) => {
    const [app, connection] = [await getApp(flags.text("app")), flags.text("connection")];
    await deleteConnection(app.id, connection, BY);
    return { connection, deleted: true };
  },
};

export const commands: Command[] = [socialSet, socialList, socialDelete];
