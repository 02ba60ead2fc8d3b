/**
 * Client metadata of a registration (RFC 7591 §2, OpenID Connect Dynamic Client Registration 1.0 §2)
 * and of a client ID metadata document, as the settings of a client. Unknown members are ignored.
 */
import { z } from "zod";
import type { App } from "../../apps/apps";
import { readInput, text } from "../../input";
import { plainName } from "../../text/display-name";
import type { Client, ClientMetadata } from "../clients/client";
import { CLIENT_SHAPE, DEFAULT_SCOPES, withDefaults } from "../clients/inputs";
import { oauthFail } from "../errors";
import { listScopes, parseScope, USER_SCOPES } from "../scopes/scopes";

/** The settings that a client may choose itself. Never `first_party` and `resource_server`. */
export const MEMBERS = [
  ...(["client_name", "application_type", "redirect_uris", "post_logout_redirect_uris", "grant_types"] as const),
  ...(["token_endpoint_auth_method", "token_endpoint_auth_signing_alg", "jwks", "jwks_uri", "contacts"] as const),
  ...(["logo_uri", "client_uri", "policy_uri", "tos_uri", "initiate_login_uri", "default_acr_values"] as const),
  ...(["default_max_age", "require_auth_time", "subject_type", "sector_identifier_uri"] as const),
  ...(["id_token_signed_response_alg", "userinfo_signed_response_alg", "request_object_signing_alg"] as const),
  ...(["require_pushed_authorization_requests", "require_signed_request_object"] as const),
  ...(["authorization_signed_response_alg", "introspection_signed_response_alg"] as const),
  ...(["dpop_bound_access_tokens", "backchannel_logout_uri", "backchannel_logout_session_required"] as const),
] satisfies (keyof ClientMetadata)[];

type Member = (typeof MEMBERS)[number];

export const SentMetadata = z.object({
  ...(Object.fromEntries(MEMBERS.map((name) => [name, CLIENT_SHAPE[name].optional()])) as {
    [Name in Member]: z.ZodOptional<(typeof CLIENT_SHAPE)[Name]>;
  }),
  scope: text(4000)
    .describe("Scopes that the client may request, separated by spaces. Unknown ones are dropped.")
    .optional(),
  response_types: z
    .array(z.literal("code", "may only contain code"))
    .max(1)
    .describe("`code`, or empty for a client without the grant `authorization_code`.")
    .optional(),
  software_id: text(200).describe("The client's own name for its software. Returned unchanged.").optional(),
  software_version: text(200).describe("The version of the software. Returned unchanged.").optional(),
});

export type SentMetadata = z.output<typeof SentMetadata>;

/** RFC 7591 §3.2.2: the first problem, as the error of the client. */
export function failMetadata(problems: Record<string, string>): never {
  const [[name, problem] = ["", "is invalid"]] = Object.entries(problems);
  const code = /^redirect_uris\b/.test(name) ? "invalid_redirect_uri" : "invalid_client_metadata";
  oauthFail(code, `The member ${name} ${problem}`.replaceAll("§", "section "), {
    section: "RFC 7591 §3.2.2",
    facts: {
      problems: Object.entries(problems)
        .map(([field, what]) => `${field} ${what}`)
        .slice(0, 10),
    },
  });
}

/** @throws invalid_redirect_uri or invalid_client_metadata */
export function readMetadata(body: Record<string, unknown>): SentMetadata {
  // RFC 7592 §2.2: null means that the member is absent. Many clients send "" for it.
  const present = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null && value !== ""));
  const read = readInput(SentMetadata, present);
  return "data" in read ? read.data : failMetadata(read.fields);
}

/** The host of its page or redirect URI names a client that sends no name, or an invisible one. */
function nameOf({ client_name = "", client_uri, redirect_uris = [] }: SentMetadata): string {
  const name = plainName(client_name);
  if (name) return name;
  const urls = [client_uri, ...redirect_uris].filter((uri) => uri && URL.canParse(uri));
  return urls.map((uri) => new URL(uri ?? "").hostname).find(Boolean) ?? "Unnamed application";
}

/**
 * The requested scopes that exist. Without a request, the usual scopes of a client and those that
 * the app defines: a client of an MCP server doesn't know them when it registers.
 */
async function scopesOf({ scope }: SentMetadata, app: App): Promise<string[]> {
  const known = [...(await listScopes(app.id)).keys()];
  if (scope === undefined) return known.filter((name) => DEFAULT_SCOPES.includes(name) || !USER_SCOPES.has(name));
  const names = parseScope(scope)?.filter((name) => known.includes(name)) ?? [];
  return names.length > 0 ? names : failMetadata({ scope: "names no scope of this app" });
}

/** Plain http only reaches a public client on the user's own device (RFC 8252 §7.3). */
function requireEncryptedRedirects(client: ClientMetadata): void {
  if (client.public) return;
  for (const field of ["redirect_uris", "post_logout_redirect_uris"] as const) {
    const index = client[field].findIndex((uri) => /^http:/i.test(uri));
    if (index >= 0)
      failMetadata({ [`${field}.${index}`]: "must use https. Only a public client may use http, on loopback" });
  }
}

/**
 * The settings of a client, with the defaults of RFC 7591 §2 for absent members.
 * @param before the current client of an update, which keeps its authentication method by default
 */
export async function settingsOf(
  sent: SentMetadata,
  app: App,
  method: ClientMetadata["token_endpoint_auth_method"],
  before?: Client,
): Promise<ClientMetadata> {
  const { scope: _, response_types, software_id: __, software_version: ___, ...members } = sent;
  const grant_types = members.grant_types ?? ["authorization_code"];
  const usesCode = grant_types.includes("authorization_code");
  if (response_types && response_types.length > 0 !== usesCode)
    failMetadata({ response_types: "must be code exactly for a client with the grant authorization_code" });
  if (usesCode && !members.redirect_uris?.length) failMetadata({ redirect_uris: "must contain at least one" });
  const settings = withDefaults({
    ...members,
    grant_types,
    client_name: nameOf(sent),
    scopes: await scopesOf(sent, app),
    token_endpoint_auth_method: method,
    public: before?.public ?? method === "none",
  });
  requireEncryptedRedirects(settings);
  return settings;
}

/** The registered metadata under the names of RFC 7591 §3.2.1. Absent values are omitted. */
export function describeSettings(client: ClientMetadata): Record<string, unknown> {
  const values = MEMBERS.map((name) => [name, client[name]] as const);
  const present = values.filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0));
  const usesCode = client.grant_types.includes("authorization_code");
  return {
    ...Object.fromEntries(present),
    // The default of RFC 7591 §2, for a client that named no method.
    token_endpoint_auth_method: client.token_endpoint_auth_method ?? "client_secret_basic",
    redirect_uris: client.redirect_uris,
    response_types: usesCode ? ["code"] : [],
    scope: client.scopes.join(" "),
  };
}
