import { getApp } from "@/lib/apps/apps";
import { MAX_PAGE_SIZE } from "@/lib/database/pagination";
import { parseInput } from "@/lib/input";
import { AUTH_METHODS } from "@/lib/oauth/client-authentication/list";
import {
  createClient,
  deleteClient,
  getClient,
  listClients,
  rotateClientSecret,
  serializeClient,
  updateClient,
} from "@/lib/oauth/clients/clients";
import { CreateClientBody, UpdateClientBody } from "@/lib/oauth/clients/inputs";
import { GRANT_TYPES } from "@/lib/oauth/grants/types";
import { type Command, type Flag, type Flags, UsageError } from "../command";
import { APP_FLAG, listOf, onOff } from "../flags";

const CLIENT_FLAG: Flag = { value: "CLIENT_ID", required: true, help: "the client ID, as `clients list` shows it" };
const BY = { type: "operator" } as const;

/** The settings that both `clients create` and `clients update` accept. */
const SETTINGS: Record<string, Flag> = {
  name: { value: "NAME", help: "the name on the consent page", field: "client_name" },
  "redirect-uri": { value: "URI", multiple: true, help: "a redirect URI, compared exactly" },
  "post-logout-redirect-uri": { value: "URI", multiple: true, help: "a URI to redirect to after sign-out" },
  scope: { value: "SCOPE", multiple: true, help: "a scope that the client may request" },
  grant: { value: "TYPE", multiple: true, help: GRANT_TYPES.join(", "), field: "grant_types" },
  "auth-method": { value: "METHOD", help: AUTH_METHODS.join(", "), field: "token_endpoint_auth_method" },
  pkce: { value: "required|optional", help: "default: required for public clients (always), optional for others" },
  refresh: { value: "rotate|reuse", help: "whether each use replaces the refresh token" },
  "id-token-alg": { value: "ALG", help: "RS256 or ES256", field: "id_token_signed_response_alg" },
  "claims-in-id-token": { value: "on|off", help: "include profile and email claims in the ID token" },
};

function readSettings(flags: Flags) {
  return {
    redirect_uris: listOf(flags, "redirect-uri"),
    post_logout_redirect_uris: listOf(flags, "post-logout-redirect-uri"),
    scopes: listOf(flags, "scope")?.flatMap((scope) => scope.split(" ")),
    grant_types: listOf(flags, "grant"),
    token_endpoint_auth_method: flags.optional("auth-method"),
    pkce: flags.optional("pkce"),
    refresh: flags.optional("refresh"),
    id_token_signed_response_alg: flags.optional("id-token-alg"),
    claims_in_id_token: onOff(flags, "claims-in-id-token"),
  };
}

const RESOURCE_SERVER = "allow the client to introspect all access tokens of the app";
const FIRST_PARTY = "the app's own client: users aren't asked for consent";

export const clientsCreate: Command = {
  name: "clients create",
  help: "Create an OAuth client (its secret is shown once)",
  flags: {
    app: APP_FLAG,
    ...SETTINGS,
    name: { value: "NAME", required: true, help: "the name on the consent page", field: "client_name" },
    public: { help: "for a browser or mobile app, which can't keep a secret" },
    native: {
      help: "for an installed application: allows loopback and custom-scheme redirect URIs",
      field: "application_type",
    },
    "resource-server": { help: RESOURCE_SERVER },
    "first-party": { help: FIRST_PARTY },
  },
  run: async (flags) => {
    const app = await getApp(flags.text("app"));
    const input = parseInput(CreateClientBody, {
      client_name: flags.text("name"),
      application_type: flags.on("native") ? "native" : undefined,
      public: flags.on("public") || undefined,
      resource_server: flags.on("resource-server") || undefined,
      first_party: flags.on("first-party") || undefined,
      ...readSettings(flags),
    });
    return createClient(app.id, input, BY);
  },
};

export const clientsUpdate: Command = {
  name: "clients update",
  help: "Change settings of an OAuth client. A list replaces the previous one",
  flags: {
    app: APP_FLAG,
    client: CLIENT_FLAG,
    ...SETTINGS,
    "resource-server": { value: "on|off", help: RESOURCE_SERVER },
    "first-party": { value: "on|off", help: FIRST_PARTY },
  },
  run: async (flags) => {
    const app = await getApp(flags.text("app"));
    const input = parseInput(UpdateClientBody, {
      client_name: flags.optional("name"),
      resource_server: onOff(flags, "resource-server"),
      first_party: onOff(flags, "first-party"),
      ...readSettings(flags),
    });
    const said = Object.entries(input).filter(([, value]) => value !== undefined);
    if (said.length === 0) throw new UsageError("Name at least one setting to change, for example --pkce required.");
    return updateClient(app.id, flags.text("client"), Object.fromEntries(said), BY);
  },
};

export const clientsList: Command = {
  name: "clients list",
  help: "List the OAuth clients of an app",
  flags: { app: APP_FLAG, cursor: { value: "CURSOR", help: "the next_cursor of the previous page" } },
  columns: ["client_id", "client_name", "public", "grant_types", "created_at"],
  run: async (flags) => {
    const app = await getApp(flags.text("app"));
    return listClients(app.id, { limit: MAX_PAGE_SIZE, cursor: flags.optional("cursor") });
  },
};

export const clientsShow: Command = {
  name: "clients show",
  help: "Show an OAuth client",
  flags: { app: APP_FLAG, client: CLIENT_FLAG },
  run: async (flags) => serializeClient(await getClient(flags.text("app"), flags.text("client"))),
};

export const clientsDelete: Command = {
  name: "clients delete",
  help: "Delete an OAuth client and revoke its tokens",
  flags: { app: APP_FLAG, client: CLIENT_FLAG },
  run: async (flags) => {
    await deleteClient(flags.text("app"), flags.text("client"), BY);
    return { client_id: flags.text("client"), deleted: true };
  },
};

export const clientsRotateSecret: Command = {
  name: "clients rotate-secret",
  help: "Create a new client secret (shown once). The previous one stays valid until the next rotation",
  flags: { app: APP_FLAG, client: CLIENT_FLAG },
  run: (flags) => rotateClientSecret(flags.text("app"), flags.text("client"), BY),
};

export const commands: Command[] = [
  clientsCreate,
  clientsList,
  clientsShow,
  clientsUpdate,
  clientsRotateSecret,
  clientsDelete,
];
