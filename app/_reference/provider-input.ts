/** What the endpoints of the provider take. They read their parameters by the rules of RFC 6749 §3, not by these schemas. */
import { z } from "zod";
import { SOME_ID } from "@/lib/http/openapi/parameters";
import { PROMPTS, RESPONSE_MODES } from "@/lib/oauth/authorize/validate";
import { GRANTS } from "@/lib/oauth/grants/list";

const said = (description: string) => z.string().describe(description);
const maybe = (description: string) => z.string().optional().describe(description);

const client = {
  client_id: maybe("Where it is not in the `Authorization` header; always for a public client."),
  client_secret: maybe("Where it is not in the `Authorization` header."),
};

/** RFC 6749 §4.1.1, RFC 7636 §4.3, OIDC Core §3.1.2.1 */
export const AuthorizeInput = z.object({
  response_type: z.literal("code").describe("The only one."),
  client_id: said("The client."),
  redirect_uri: maybe("One of the client's, character by character. May be left out when it has only one."),
  scope: maybe("What is asked for, with spaces between. What the client may not have is dropped."),
  state: maybe("Comes back as it is; binds the answer to the browser that asked."),
  code_challenge: maybe("SHA-256 of the verifier in base64url. Required unless the client's `pkce` is optional."),
  code_challenge_method: z.literal("S256").optional().describe("The only one; goes with `code_challenge`."),
  nonce: maybe("Comes back in the ID token."),
  prompt: maybe(`Any of ${PROMPTS.map((prompt) => `\`${prompt}\``).join(", ")}, with spaces between; \`none\` alone.`),
  max_age: maybe("A sign-in older than so many seconds is asked for again."),
  login_hint: maybe("The address to fill in."),
  id_token_hint: maybe("An ID token of the user who is expected."),
  claims: maybe("Claims asked for one by one (OIDC Core §5.5), as JSON."),
  response_mode: z
    .enum(RESPONSE_MODES as [string, ...string[]])
    .optional()
    .describe("How the answer comes back."),
  acr_values: maybe("How sure the client would like to be. Read as a wish."),
  ui_locales: maybe("Languages that the user reads. Read as a wish."),
  display: maybe("How the page is shown. Read as a wish."),
});

/** RFC 6749 §4.1.3, §4.4.2, §6 */
export const TokenInput = z.object({
  grant_type: z.enum(GRANTS.map(({ type }) => type) as [string, ...string[]]).describe("How the client gets tokens."),
  code: maybe("For `authorization_code`."),
  redirect_uri: maybe("For `authorization_code`: as it was sent to authorize."),
  code_verifier: maybe("For `authorization_code`: what the challenge was made of (RFC 7636 §4.1)."),
  refresh_token: maybe("For `refresh_token`."),
  scope: maybe("For `refresh_token` a part of what was granted; for `client_credentials` what is asked for."),
  ...client,
});

/** RFC 7662 §2.1, RFC 7009 §2.1 */
export const TokenToAskInput = z.object({
  token: said("An access token or a refresh token."),
  token_type_hint: maybe("`access_token` or `refresh_token`. Not needed."),
  ...client,
});

/** OIDC Core §5.3.1, RFC 6750 §2.2 */
export const UserInfoInput = z.object({ access_token: maybe("The token, where it is not in the header.") });

/** OpenID Connect RP-Initiated Logout 1.0 §2 */
export const LogoutInput = z.object({
  id_token_hint: maybe("An ID token of the session that ends, expired or not. Without it the user is asked."),
  client_id: maybe("The client, where there is no hint."),
  post_logout_redirect_uri: maybe("One of the client's. Only followed with a hint."),
  state: maybe("Comes back as it is."),
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
  machine: { grant_type: "client_credentials" },
};
