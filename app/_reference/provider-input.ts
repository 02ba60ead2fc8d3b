/** Input schemas of the provider for the reference. Its endpoints parse by RFC 6749 §3 instead. */
import { z } from "zod";
import { SOME_ID } from "@/lib/http/openapi/parameters";
import { PROMPTS, RESPONSE_MODES } from "@/lib/oauth/authorize/read-parameters";
import { ASSERTION_TYPE } from "@/lib/oauth/client-authentication/private-key-jwt";
import { TOKEN_TYPES } from "@/lib/oauth/grants/token-exchange";
import { GRANT_TYPES } from "@/lib/oauth/grants/types";

const required = (description: string) => z.string().describe(description);
const optional = (description: string) => z.string().optional().describe(description);

const client = {
  client_id: optional("Required for a public client, and if there is no `Authorization` header."),
  client_secret: optional("The client secret, if there is no `Authorization` header."),
  client_assertion_type: z
    .literal(ASSERTION_TYPE)
    .optional()
    .describe("For `private_key_jwt` (RFC 7523): the type of `client_assertion`."),
  client_assertion: optional("For `private_key_jwt`: a JWT that the client signed with its key."),
};

/** RFC 6749 §4.1.1, RFC 7636 §4.3, OIDC Core §3.1.2.1 */
const REQUEST = {
  response_type: z.literal("code").describe("Always `code`."),
  redirect_uri: optional("Must match one of the client's redirect URIs exactly. Optional if the client has only one."),
  scope: optional(
    "The requested scopes, separated by spaces. Scopes that the client is not allowed to request are ignored.",
  ),
  resource: optional(
    "The identifier of a resource that the access token is for (RFC 8707). Can be repeated. Without it, the token is for the app's default resource or the issuer.",
  ),
  state: optional("Returned unchanged. It binds the response to the browser that sent the request."),
  code_challenge: optional(
    "SHA-256 of the code verifier in base64url. Required for public clients, and for others whose `pkce` setting is `required`.",
  ),
  code_challenge_method: z.literal("S256").optional().describe("Always `S256`. Required with `code_challenge`."),
  nonce: optional("Returned in the ID token."),
  dpop_jkt: optional("The thumbprint of a DPoP key (RFC 9449 §10). The code can then be exchanged only with this key."),
  prompt: optional(
    `Any of ${PROMPTS.map((prompt) => `\`${prompt}\``).join(", ")}, separated by spaces. \`none\` must be the only value.`,
  ),
  max_age: optional("The maximum age of the sign-in in seconds. With an older sign-in, the user must sign in again."),
  login_hint: optional("The email address to prefill."),
  id_token_hint: optional("An ID token of the user who must sign in."),
  claims: optional("Individually requested claims (OIDC Core §5.5) as JSON."),
  response_mode: z
    .enum(RESPONSE_MODES as [string, ...string[]])
    .optional()
    .describe("How the response is returned to the client."),
  acr_values: optional("The preferred authentication context classes. Advisory."),
  ui_locales: optional("The preferred languages. Advisory."),
  display: optional("The preferred display mode. Advisory."),
  request: optional("The parameters as a JWT that the client signed (RFC 9101)."),
};

export const AuthorizeInput = z.object({
  client_id: required("The client ID."),
  ...REQUEST,
  response_type: REQUEST.response_type.optional().describe("Always `code`. Required without `request_uri`."),
  request_uri: optional(
    "The reference to a pushed request (RFC 9126), instead of all other parameters except `client_id`.",
  ),
});

/** RFC 9126 §2.1 */
export const PushedInput = z.object({ ...REQUEST, ...client });

const tokenType = z.enum(TOKEN_TYPES).optional();

/** RFC 6749 §4.1.3, §4.4.2, §6, RFC 8693 §2.1 */
export const TokenInput = z.object({
  grant_type: z.enum(GRANT_TYPES).describe("The grant type."),
  code: optional("For `authorization_code`: the code."),
  redirect_uri: optional("For `authorization_code`: the same value as in the authorization request."),
  code_verifier: optional("For `authorization_code`: the PKCE code verifier (RFC 7636 §4.1)."),
  refresh_token: optional("For `refresh_token`: the refresh token."),
  device_code: optional("For the device grant: the device code."),
  subject_token: optional("For token exchange (RFC 8693): an access token of a user of the app."),
  subject_token_type: tokenType.describe("The type of `subject_token`."),
  actor_token: optional("For token exchange: an access token of the user or client that acts for the user."),
  actor_token_type: tokenType.describe("The type of `actor_token`."),
  requested_token_type: tokenType.describe("For token exchange: the type of the new token."),
  scope: optional(
    "For `refresh_token`: a subset of the granted scopes. For `client_credentials`: the requested scopes. For token exchange: a subset of the scopes of `subject_token`.",
  ),
  resource: optional(
    "The identifier of a resource that the access token is for (RFC 8707). Can be repeated. With a code or refresh token: a subset of the granted resources.",
  ),
  ...client,
});

/** RFC 8628 §3.1 */
export const DeviceAuthorizationInput = z.object({
  scope: optional("The requested scopes, separated by spaces."),
  ...client,
});

/** RFC 7662 §2.1, RFC 7009 §2.1 */
export const TokenStatusInput = z.object({
  token: required("An access token or a refresh token."),
  token_type_hint: optional("`access_token` or `refresh_token`. Foyer ignores it."),
  ...client,
});

/** OIDC Core §5.3.1, RFC 6750 §2.2 */
export const UserInfoInput = z.object({
  access_token: optional("The access token, if there is no `Authorization` header."),
});

/** OpenID Connect RP-Initiated Logout 1.0 §2 */
export const LogoutInput = z.object({
  id_token_hint: optional(
    "An ID token of the signed-in user. It may be expired. Without it, Foyer asks the user to confirm.",
  ),
  client_id: optional("The client ID, if there is no hint."),
  post_logout_redirect_uri: optional(
    "One of the client's post-logout redirect URIs. Requires `id_token_hint` or `client_id`.",
  ),
  state: optional("Returned unchanged."),
});

export const EXAMPLES = {
  authorize: {
    response_type: "code",
    client_id: SOME_ID.client,
    redirect_uri: "https://photos.example/callback",
    scope: "openid email offline_access",
    state: "af0ifjsldkj",
    code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    code_challenge_method: "S256",
  },
  logout: { id_token_hint: "eyJhbGciOiJSUzI1NiIs…", post_logout_redirect_uri: "https://photos.example/bye" },
  code: {
    grant_type: "authorization_code",
    code: "ac1.1k8p3m7q2x4v9a.…",
    redirect_uri: "https://photos.example/callback",
    code_verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
  },
  refresh: { grant_type: "refresh_token", refresh_token: "fr1-1.1k8p3m7q2x4v9a.grn_01kax8s0e2g4j6n8q0s2v4x6z8.0.…" },
  exchange: {
    grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
    subject_token: "eyJhbGciOiJFUzI1NiIs…",
    subject_token_type: TOKEN_TYPES[0],
    scope: "photos:read",
  },
  machine: { grant_type: "client_credentials" },
  device: { scope: "openid email offline_access" },
  poll: {
    grant_type: "urn:ietf:params:oauth:grant-type:device_code",
    device_code: "fd_1k8p3m7q2x4v9a_…",
  },
};
