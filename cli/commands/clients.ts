import { getApp } from "@/lib/apps/apps";
import { MAX_PAGE_SIZE } from "@/lib/database/pagination";
import { parseInput } from "@/lib/input";
import {
  createClient,
  deleteClient,
  getClient,
  listClients,
  rotateClientSecret,
  serializeClient,
} from "@/lib/oauth/clients/clients";
import { AUTH_METHODS, CreateClientBody, GRANT_TYPES } from "@/lib/oauth/clients/inputs";
import { type Command, type Flag, type Flags, UsageError } from "../parse";
import { APP_FLAG } from "./apps";

const CLIENT_FLAG: Flag = { value: "C", required: true, help: "the client's id, as `clients list` shows it" };
const BY = { type: "operator" } as const;

/** "on", "off", or not said. */
function onOff(flags: Flags, name: string): boolean | undefined {
  const value = flags.optional(name);
  if (value !== undefined && value !== "on" && value !== "off") throw new UsageError(`--${name} takes on or off.`);
  return value === undefined ? undefined : value === "on";
}

/** A list that was not given is left to the default. */
function listOf(flags: Flags, name: string): string[] | undefined {
  const values = flags.list(name);
  return values.length > 0 ? values : undefined;
}

export const clientsCreate: Command = {
  name: "clients create",
  help: "makes an OAuth client (its secret is shown once)",
  flags: {
    app: APP_FLAG,
    name: { value: "N", required: true, help: "what users read on the consent page" },
    "redirect-uri": { value: "U", multiple: true, help: "where the answers go, exactly" },
    "post-logout-redirect-uri": { value: "U", multiple: true, help: "where users go after signing out" },
    public: { help: "runs where no secret can be kept: browser, phone" },
    native: { help: "an installed application: may use loopback addresses and a scheme of its own" },
    scope: { value: "S", multiple: true, help: "what it may ask for" },
    grant: { value: "G", multiple: true, help: GRANT_TYPES.join(", ") },
    "auth-method": { value: "M", help: AUTH_METHODS.join(", ") },
    pkce: { value: "required|optional", help: "optional only for clients with a secret" },
    refresh: { value: "rotate|reuse", help: "whether a refresh token changes with each use" },
    "id-token-alg": { value: "ALG", help: "RS256 or ES256" },
    "claims-in-id-token": { value: "on|off", help: "profile and e-mail inside the ID token" },
    "resource-server": { help: "may introspect every access token of the App" },
    "first-party": { help: "the App's own: no consent is asked" },
  },
  run: async (flags) => {
    const app = await getApp(flags.text("app"));
    const input = parseInput(CreateClientBody, {
      client_name: flags.text("name"),
      application_type: flags.on("native") ? "native" : undefined,
      public: flags.on("public") || undefined,
      redirect_uris: listOf(flags, "redirect-uri"),
      post_logout_redirect_uris: listOf(flags, "post-logout-redirect-uri"),
      scopes: listOf(flags, "scope")?.flatMap((scope) => scope.split(" ")),
      grant_types: listOf(flags, "grant"),
      token_endpoint_auth_method: flags.optional("auth-method"),
      pkce: flags.optional("pkce"),
      refresh: flags.optional("refresh"),
      id_token_signed_response_alg: flags.optional("id-token-alg"),
      claims_in_id_token: onOff(flags, "claims-in-id-token"),
      resource_server: flags.on("resource-server") || undefined,
      first_party: flags.on("first-party") || undefined,
    });
    return createClient(app.id, input, BY);
  },
};

export const clientsList: Command = {
  name: "clients list",
  help: "lists an App's OAuth clients",
  flags: { app: APP_FLAG, cursor: { value: "C", help: "the next_cursor of the page before" } },
  run: async (flags) => {
    const app = await getApp(flags.text("app"));
    return listClients(app.id, { limit: MAX_PAGE_SIZE, cursor: flags.optional("cursor") });
  },
};

export const clientsShow: Command = {
  name: "clients show",
  help: "shows an OAuth client",
  flags: { app: APP_FLAG, client: CLIENT_FLAG },
  run: async (flags) => serializeClient(await getClient(flags.text("app"), flags.text("client"))),
};

export const clientsDelete: Command = {
  name: "clients delete",
  help: "deletes an OAuth client; every token that it has ends",
  flags: { app: APP_FLAG, client: CLIENT_FLAG },
  run: async (flags) => {
    await deleteClient(flags.text("app"), flags.text("client"), BY);
    return { client_id: flags.text("client"), deleted: true };
  },
};

export const clientsRotateSecret: Command = {
  name: "clients rotate-secret",
  help: "makes a new secret (shown once); the one before stays valid until the next rotation",
  flags: { app: APP_FLAG, client: CLIENT_FLAG },
  run: (flags) => rotateClientSecret(flags.text("app"), flags.text("client"), BY),
};
