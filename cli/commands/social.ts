import { getApp } from "@/lib/apps/apps";
import { parseInput } from "@/lib/input";
import { connectionAnswer, deleteConnection, listConnections, setConnection } from "@/lib/social/connections";
import { NewConnection } from "@/lib/social/inputs";
import { PROVIDER_NAMES } from "@/lib/social/list";
import { type Command, type Flags, UsageError } from "../parse";
import { APP_FLAG } from "./apps";

const BY = { type: "operator" } as const;

/** undefined when neither was said. */
function switched(flags: Flags, on: string, off: string): boolean | undefined {
  if (flags.on(on) && flags.on(off)) throw new UsageError(`--${on} and --${off} exclude each other.`);
  return flags.on(on) ? true : flags.on(off) ? false : undefined;
}

function listOf(flags: Flags, name: string): string[] | undefined {
  const values = flags.list(name);
  return values.length > 0 ? values : undefined;
}

export const socialSet: Command = {
  name: "social set",
  help: "makes a connection to a sign-in provider, or changes it; what is not said stays as it is",
  flags: {
    app: APP_FLAG,
    provider: { value: PROVIDER_NAMES.join("|"), required: true, help: PROVIDER_NAMES.join(", ") },
    connection: { value: "NAME", help: "its name in the addresses; the provider's without it" },
    "client-id": { value: "I", required: true, help: "as the provider gave it" },
    "client-secret": { value: "S", help: "as the provider gave it" },
    "redirect-uri": { value: "U", multiple: true, help: "where the browser may come back to, exactly" },
    issuer: { value: "URL", help: "the OpenID issuer, whose discovery tells the rest" },
    "authorize-url": { value: "URL", help: "in place of the provider's own, as for GitHub Enterprise" },
    "token-url": { value: "URL", help: "in place of the provider's own" },
    "api-url": { value: "URL", help: "in place of the provider's own: what /user is under, or the userinfo endpoint" },
    scope: { value: "S", multiple: true, help: "in place of the provider's usual ones" },
    name: { value: "N", help: "what the button says: Continue with N" },
    delivery: { value: "query|fragment|code", help: "how the App gets the outcome; code is the safest" },
    enable: { help: "people may use it (it is so from the beginning)" },
    disable: { help: "nobody may use it for now" },
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
      enabled: switched(flags, "enable", "disable"),
    });
    return setConnection(app, input, BY);
  },
};

export const socialList: Command = {
  name: "social list",
  help: "lists an App's connections, without their secrets",
  flags: { app: APP_FLAG },
  run: async (flags) => {
    const app = await getApp(flags.text("app"));
    return { connections: (await listConnections(app.id)).map(connectionAnswer) };
  },
};

export const socialDelete: Command = {
  name: "social delete",
  help: "deletes a connection; who came by it needs another way in",
  flags: { app: APP_FLAG, connection: { value: "NAME", required: true, help: "as `social list` shows it" } },
  run: async (flags) => {
    const [app, connection] = [await getApp(flags.text("app")), flags.text("connection")];
    await deleteConnection(app.id, connection, BY);
    return { connection, deleted: true };
  },
};
