/** Client metadata validation (RFC 7591 §2): schemas, defaults and rules. */
import { z } from "zod";
import { SIGNING_ALGS } from "../../apps/signing-keys";
import { isStorable, STORABLE_JSON, text } from "../../input";
import { AUTH_METHODS } from "../client-authentication/list";
import { keyProblems, MAX_KEYS } from "../client-keys/registered";
import { CONFIDENTIAL_GRANT_TYPES, GRANT_TYPES } from "../grants/types";
import { SCOPE_NAME } from "../scopes/scopes";
import { CLIENT_SIGNING_ALGS, type ClientMetadata } from "./client";
import { hasOwnScheme, MAX_REDIRECT_URI_LENGTH, redirectUriProblem } from "./redirect-uris";
import { sectorProblems } from "./sector";

const uriList = z.array(text(MAX_REDIRECT_URI_LENGTH)).max(50);
const link = (description: string) =>
  text(2000)
    .refine((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), "must be an http or https URL")
    .nullable()
    .describe(description);
const httpsLink = (description: string) =>
  text(2000)
    .refine((value) => URL.canParse(value) && isSecure(new URL(value)), "must be an https URL without fragment")
    .nullable()
    .describe(description);

/** Loopback addresses may use http, as in development. */
function isSecure(url: URL): boolean {
  const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  return (url.protocol === "https:" || (url.protocol === "http:" && loopback)) && url.hash === "";
}

const ttl = (maximum: number, what: string) =>
  z.number().int().min(60).max(maximum).nullable().describe(`Lifetime of ${what} in seconds. null uses the default.`);
const DAY = 86_400;

export const CLIENT_SHAPE = {
  client_name: text(200).describe("The name on the consent page."),
  application_type: z
    .enum(["web", "native"])
    .describe(
      "`native` is an installed application, which may use loopback and custom-scheme redirect URIs (RFC 8252).",
    ),
  public: z
    .boolean()
    .describe("Whether the client cannot keep a secret (browser, mobile). You cannot change this later."),
  redirect_uris: uriList.describe("Allowed redirect URIs, compared character by character."),
  post_logout_redirect_uris: uriList.describe("Allowed redirect URIs after sign-out."),
  grant_types: z
    .array(z.enum(GRANT_TYPES))
    .min(1, "must contain at least one")
    .describe("Grant types that the client may use."),
  scopes: z
    .array(text(100).regex(SCOPE_NAME, "must be a scope name"))
    .max(100)
    .describe("Scopes that the client may request: standard scopes and scopes of the app."),
  token_endpoint_auth_method: z
    .enum(AUTH_METHODS)
    .nullable()
    .describe("The client authentication method. null allows HTTP Basic and the request body."),
  pkce: z
    .enum(["required", "optional"])
    .describe(
      "Whether the client must use PKCE (RFC 7636). The default is `required` for public clients, which can't change it, and `optional` for others.",
    ),
  refresh: z
    .enum(["rotate", "reuse"])
    .nullable()
    .describe(
      "Whether each use rotates the refresh token. null is `rotate` for public clients and `reuse` for others.",
    ),
  id_token_signed_response_alg: z.enum(SIGNING_ALGS).describe("The signing algorithm of ID tokens."),
  token_endpoint_auth_signing_alg: z
    .enum(CLIENT_SIGNING_ALGS)
    .nullable()
    .describe("The algorithm of the client's assertions (`private_key_jwt`). null allows every supported one."),
  jwks: z
    .looseObject({
      keys: z
        .array(z.looseObject({ kty: text(20).describe("The key type: `EC`, `RSA` or `OKP`.") }))
        .min(1)
        .max(MAX_KEYS),
    })
    .refine((value) => isStorable(value), STORABLE_JSON)
    .nullable()
    .describe("The client's public keys as a JWK set (RFC 7517 §5), for `private_key_jwt` and signed requests."),
  jwks_uri: httpsLink("The URL of the client's public keys, instead of `jwks`."),
  userinfo_signed_response_alg: z
    .enum(SIGNING_ALGS)
    .nullable()
    .describe("The signing algorithm of userinfo responses. null: plain JSON."),
  authorization_signed_response_alg: z
    .enum(SIGNING_ALGS)
    .describe("The signing algorithm of authorization responses with a `jwt` response mode (JARM)."),
  introspection_signed_response_alg: z
    .enum(SIGNING_ALGS)
    .describe("The signing algorithm of introspection responses that the client requests as JWT (RFC 9701)."),
  request_object_signing_alg: z
    .enum(CLIENT_SIGNING_ALGS)
    .nullable()
    .describe("The algorithm of the client's signed requests (RFC 9101). null allows every supported one."),
  require_signed_request_object: z.boolean().describe("Whether authorization requests must be signed (RFC 9101)."),
  require_pushed_authorization_requests: z
    .boolean()
    .describe("Whether authorization requests must be pushed first (RFC 9126)."),
  dpop_bound_access_tokens: z.boolean().describe("Whether token requests need a DPoP proof (RFC 9449)."),
  subject_type: z
    .enum(["public", "pairwise"])
    .describe("`pairwise` gives each sector its own user IDs (OIDC Core §8). `public` uses the same ID everywhere."),
  sector_identifier_uri: httpsLink(
    "A JSON list of redirect URIs, whose host is the sector of pairwise subjects. Needed if the redirect URIs have several hosts.",
  ),
  backchannel_logout_uri: httpsLink("The URL that receives a logout token when a session of the client ends."),
  backchannel_logout_session_required: z.boolean().describe("Whether logout tokens must contain `sid`."),
  initiate_login_uri: httpsLink("The URL at which the client starts a sign-in (OIDC Core §4)."),
  default_acr_values: z.array(text(200)).max(10).describe("The `acr` values that apply if a request has none."),
  contacts: z.array(text(320)).max(10).describe("Email addresses of people who are responsible for the client."),
  claims_in_id_token: z
    .boolean()
    .describe("Whether ID tokens contain profile and email claims. Userinfo always returns them."),
  first_party: z
    .boolean()
    .describe("Whether the client belongs to the app's owner. Foyer then asks for consent only with prompt=consent."),
  resource_server: z.boolean().describe("Whether the client may introspect every access token of the app."),
  logo_uri: link("The URL of the logo."),
  client_uri: link("The URL of the home page."),
  policy_uri: link("The URL of the privacy policy."),
  tos_uri: link("The URL of the terms of service."),
  default_max_age: z
    .number()
    .int()
    .min(0)
    .max(365 * DAY)
    .nullable()
    .describe("The maximum age of a sign-in in seconds. An older sign-in must be repeated."),
  require_auth_time: z.boolean().describe("Whether ID tokens must contain auth_time."),
  access_token_ttl_seconds: ttl(DAY, "access tokens"),
  id_token_ttl_seconds: ttl(DAY, "ID tokens"),
  refresh_idle_ttl_seconds: ttl(365 * DAY, "an unused refresh token"),
  refresh_absolute_ttl_seconds: ttl(3650 * DAY, "a grant"),
} satisfies { [Name in keyof ClientMetadata]: z.ZodType<ClientMetadata[Name]> };

export const DEFAULT_SCOPES = ["openid", "profile", "email", "offline_access"];

export const CreateClientBody = z.object({
  ...Object.fromEntries(Object.entries(CLIENT_SHAPE).map(([name, schema]) => [name, schema.optional()])),
  client_name: CLIENT_SHAPE.client_name,
}) as unknown as z.ZodType<Pick<ClientInput, "client_name"> & Partial<ClientInput>>;

export const UpdateClientBody = z.object(CLIENT_SHAPE).omit({ public: true }).partial();

export type ClientInput = ClientMetadata;
export type UpdateClientInput = Partial<Omit<ClientMetadata, "public">>;

/** Complete client metadata, with defaults for omitted fields. */
export function withDefaults(input: Pick<ClientInput, "client_name"> & Partial<ClientInput>): ClientInput {
  const isPublic = input.public ?? input.token_endpoint_auth_method === "none";
  // An undefined field must not overwrite a default.
  const said = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as typeof input;
  return {
    application_type: isPublic && (input.redirect_uris ?? []).some(hasOwnScheme) ? "native" : "web",
    redirect_uris: [],
    post_logout_redirect_uris: [],
    grant_types: ["authorization_code", "refresh_token"],
    scopes: DEFAULT_SCOPES,
    // RFC 9700 §2.1.1 only recommends PKCE for confidential clients, and many libraries lack it.
    pkce: isPublic ? "required" : "optional",
    refresh: null,
    id_token_signed_response_alg: "RS256",
    token_endpoint_auth_signing_alg: null,
    jwks: null,
    jwks_uri: null,
    userinfo_signed_response_alg: null,
    authorization_signed_response_alg: "RS256",
    introspection_signed_response_alg: "RS256",
    request_object_signing_alg: null,
    require_signed_request_object: false,
    require_pushed_authorization_requests: false,
    dpop_bound_access_tokens: false,
    subject_type: "public",
    sector_identifier_uri: null,
    backchannel_logout_uri: null,
    backchannel_logout_session_required: false,
    initiate_login_uri: null,
    default_acr_values: [],
    contacts: [],
    claims_in_id_token: true,
    first_party: false,
    resource_server: false,
    logo_uri: null,
    client_uri: null,
    policy_uri: null,
    tos_uri: null,
    default_max_age: null,
    require_auth_time: false,
    access_token_ttl_seconds: null,
    id_token_ttl_seconds: null,
    refresh_idle_ttl_seconds: null,
    refresh_absolute_ttl_seconds: null,
    ...said,
    public: isPublic,
    token_endpoint_auth_method: isPublic ? "none" : (input.token_endpoint_auth_method ?? null),
  };
}

/**
 * Field → problem, for redirect URIs and for rules that involve several fields.
 * @param before the current client. Earlier releases accepted some of its redirect URIs, which must
 * not prevent other changes.
 */
export function clientProblems(client: ClientInput, before: ClientInput | null = null): Record<string, string> {
  const problems: Record<string, string> = sectorProblems(client);
  for (const field of ["redirect_uris", "post_logout_redirect_uris"] as const) {
    const kept = before?.application_type === client.application_type ? before[field] : [];
    client[field].forEach((uri, index) => {
      const problem = kept.includes(uri) ? null : redirectUriProblem(uri, client.application_type);
      if (problem) problems[`${field}.${index}`] = problem;
    });
  }
  const code = client.grant_types.includes("authorization_code");
  // The default client of a new app has none yet. Its other settings can be changed.
  if (code && client.redirect_uris.length === 0 && before?.redirect_uris.length !== 0)
    problems.redirect_uris = "must contain at least one for the authorization_code grant";
  const device = client.grant_types.includes("urn:ietf:params:oauth:grant-type:device_code");
  if (!code && !device && client.grant_types.includes("refresh_token"))
    problems.grant_types = "refresh_token requires authorization_code or the device grant. Add one of them";
  Object.assign(problems, keyProblems(client));
  if (client.public) {
    const secretOnly = client.grant_types.find((type) => CONFIDENTIAL_GRANT_TYPES.has(type));
    if (secretOnly) problems.grant_types = `${secretOnly} requires a client with a secret or keys`;
    if (client.pkce === "optional") problems.pkce = "must be required for a public client (RFC 9700 §2.1.1)";
    if (client.refresh === "reuse") problems.refresh = "must be rotate for a public client (RFC 9700 §2.2.2)";
    if (client.resource_server) problems.resource_server = "requires a client with a secret";
  } else if (client.token_endpoint_auth_method === "none") {
    problems.token_endpoint_auth_method = "must not be none for a confidential client";
  }
  return problems;
}
