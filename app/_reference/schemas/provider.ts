/** Response schemas: the OAuth and OpenID Connect provider. */
import { z } from "zod";
import { JWS_ALGS } from "@/lib/crypto/public-jwk";
import { SOME_ID } from "@/lib/http/openapi/parameters";
import type { TokenResponse } from "@/lib/oauth/grants/grant-handler";
import { TOKEN_TYPES } from "@/lib/oauth/grants/token-exchange";
import { GRANT_TYPES } from "@/lib/oauth/grants/types";
import type { issuerMetadata } from "@/lib/oauth/metadata";
import { type Checked, id, seconds, text } from "./fields";

/** RFC 6749 §5.1, OIDC Core §3.1.3.3 */
export const Tokens = z
  .object({
    access_token: text("A JWT (RFC 9068).", "eyJhbGciOiJFUzI1NiIs…"),
    token_type: z
      .enum(["Bearer", "DPoP"])
      .meta({ description: "`DPoP` if the token is bound to a key (RFC 9449).", examples: ["Bearer"] }),
    expires_in: seconds("Lifetime of the access token in seconds.", 600),
    scope: text("The granted scopes.", "openid email offline_access"),
    refresh_token: text("With the scope `offline_access`, or without the scope `openid`.").optional(),
    id_token: text("With the scope `openid`.").optional(),
    issued_token_type: z.enum(TOKEN_TYPES).optional().meta({ description: "After a token exchange (RFC 8693)." }),
  })
  .meta({ id: "Tokens" }) satisfies z.ZodType<TokenResponse>;

/** RFC 8628 §3.2 */
export const DeviceAuthorization = z
  .object({
    device_code: text("What the device polls the token endpoint with.", "fd_1k8p3m7q2x4v9a_…"),
    user_code: text("What the device shows to the user.", "WDJB-MJHT"),
    verification_uri: text("Where the user enters the code.", `https://auth.example/o/${SOME_ID.app}/device`),
    verification_uri_complete: text(
      "The same with the code, for a link or a QR code.",
      `https://auth.example/o/${SOME_ID.app}/device?user_code=WDJB-MJHT`,
    ),
    expires_in: seconds("Lifetime of both codes in seconds.", 600),
    interval: seconds("The seconds between two polls.", 5),
  })
  .meta({ id: "DeviceAuthorization" });

/** RFC 7662 §2.2 */
export const Introspection = z
  .object({
    active: z
      .boolean()
      .meta({ description: "Whether the token is valid. If false, all other fields are absent.", examples: [true] }),
    scope: text("The granted scopes.", "openid email").optional(),
    client_id: id("The client ID.", SOME_ID.client).optional(),
    username: text("The user's email address, with the scope `email`.", "bob@example.com").optional(),
    token_type: z
      .enum(["Bearer", "DPoP"])
      .optional()
      .meta({ description: "`DPoP` if the token is bound to a key.", examples: ["Bearer"] }),
    exp: seconds("When it expires, in seconds since 1970.", 1795428600).optional(),
    iat: seconds("When it was issued.", 1795428000).optional(),
    sub: id("The user ID, or the client ID for `client_credentials`.", SOME_ID.user).optional(),
    aud: z
      .union([z.string(), z.array(z.string())])
      .optional()
      .meta({ description: "The audience: the issuer, or the identifiers of resources.", examples: ["…"] }),
    iss: text("The issuer.").optional(),
    jti: text("The token ID.").optional(),
    sid: id("The session ID.", SOME_ID.session).optional(),
    auth_time: seconds("When the user signed in.", 1795428000).optional(),
    acr: text("The authentication context class.").optional(),
    amr: z.array(z.string()).optional().meta({ description: "The authentication methods (RFC 8176)." }),
    cnf: z
      .object({ jkt: text("The thumbprint of the key that the token is bound to (RFC 9449 §6).") })
      .optional()
      .meta({ description: "The key of a DPoP-bound token." }),
    act: z
      .looseObject({ sub: text("Who acts for the subject.") })
      .optional()
      .meta({ description: "The actor of an exchanged token, with the earlier ones in its `act` (RFC 8693 §4.1)." }),
  })
  .meta({ id: "Introspection" });

/** RFC 7517 §5 */
export const Jwks = z
  .object({
    keys: z.array(
      z
        .looseObject({
          kty: text("`EC` or `RSA`.", "EC"),
          kid: text("The key ID, as in the header of each token.", "Bw0xT0cYRfW5pM8gWb8l7C9Xv1G3Jh5k2n4Q6s8U0zE"),
          alg: z.enum(["ES256", "RS256"]).meta({ description: "The signature algorithm." }),
          use: z.literal("sig"),
        })
        .meta({ description: "A public key (RFC 7517 §4)." }),
    ),
  })
  .meta({ id: "Jwks" });

const link = (name: string) => text("The endpoint URL.", `https://auth.example/o/${SOME_ID.app}/${name}`);
const list = (description: string, ...example: string[]) =>
  z.array(z.string()).meta({ description, examples: [example] });
const flag = (description: string, example: boolean) => z.boolean().meta({ description, examples: [example] });

/** RFC 8414 §2, OpenID Connect Discovery §3 */
export const Metadata = z
  .object({
    issuer: text("The issuer.", `https://auth.example/o/${SOME_ID.app}`),
    authorization_endpoint: link("authorize"),
    token_endpoint: link("token"),
    userinfo_endpoint: link("userinfo"),
    jwks_uri: link("jwks"),
    introspection_endpoint: link("introspect"),
    revocation_endpoint: link("revoke"),
    end_session_endpoint: link("logout"),
    device_authorization_endpoint: link("device_authorization"),
    pushed_authorization_request_endpoint: link("par"),
    scopes_supported: list("The scopes that clients can request.", "openid", "profile", "email", "phone", "address"),
    response_types_supported: list("RFC 6749 §3.1.1", "code"),
    response_modes_supported: list("The response modes.", "query", "fragment", "form_post"),
    grant_types_supported: list("The grant types.", ...GRANT_TYPES),
    code_challenge_methods_supported: list("RFC 7636", "S256"),
    token_endpoint_auth_methods_supported: list("The client authentication methods.", "client_secret_basic"),
    introspection_endpoint_auth_methods_supported: list(
      "The client authentication methods for introspection.",
      "client_secret_basic",
    ),
    revocation_endpoint_auth_methods_supported: list(
      "The client authentication methods for revocation.",
      "client_secret_basic",
    ),
    token_endpoint_auth_signing_alg_values_supported: list("The algorithms of client assertions.", ...JWS_ALGS),
    introspection_endpoint_auth_signing_alg_values_supported: list("As for the token endpoint.", ...JWS_ALGS),
    revocation_endpoint_auth_signing_alg_values_supported: list("As for the token endpoint.", ...JWS_ALGS),
    request_object_signing_alg_values_supported: list("The algorithms of signed requests.", ...JWS_ALGS),
    authorization_signing_alg_values_supported: list("The algorithms of signed responses (JARM).", "RS256", "ES256"),
    introspection_signing_alg_values_supported: list("RFC 9701 §7", "RS256", "ES256"),
    subject_types_supported: list("OIDC Core §8", "public", "pairwise"),
    id_token_signing_alg_values_supported: list("The signature algorithms of ID tokens.", "RS256", "ES256"),
    dpop_signing_alg_values_supported: list("The signature algorithms of DPoP proofs (RFC 9449).", ...JWS_ALGS),
    userinfo_signing_alg_values_supported: list("The signature algorithms of userinfo responses.", "RS256", "ES256"),
    acr_values_supported: list("The authentication context classes.", "1"),
    claim_types_supported: list("OIDC Core §5.6", "normal"),
    claims_supported: list("The claims about a user.", "sub", "email", "name"),
    prompt_values_supported: list("OIDC Core §3.1.2.1", "none", "login", "consent"),
    backchannel_logout_supported: flag("OpenID Connect Back-Channel Logout", true),
    backchannel_logout_session_supported: flag("OpenID Connect Back-Channel Logout", true),
    claims_parameter_supported: flag("OIDC Core §5.5", true),
    request_parameter_supported: flag("RFC 9101: requests may be signed.", true),
    request_uri_parameter_supported: flag("OIDC Core §6.2", false),
    require_signed_request_object: flag("RFC 9101 §10.5. A client's own setting may require it.", false),
    require_pushed_authorization_requests: flag("RFC 9126 §5. A client's own setting may require it.", false),
    require_request_uri_registration: flag("OIDC Core §6.2", false),
    authorization_response_iss_parameter_supported: flag("RFC 9207", true),
    registration_endpoint: z
      .string()
      .optional()
      .meta({ description: "RFC 7591. Only if the app's setting `registration` or `mcp` allows it." }),
    client_id_metadata_document_supported: z
      .boolean()
      .optional()
      .meta({ description: "Only if the app's setting `client_metadata_documents` or `mcp` allows them." }),
  })
  .meta({ id: "Metadata" });

export type CheckedMetadata = Checked<z.output<typeof Metadata>, Awaited<ReturnType<typeof issuerMetadata>>>;

/** RFC 9126 §2.2 */
export const PushedRequest = z
  .object({
    request_uri: text(
      "The reference to send as `request_uri`.",
      "urn:ietf:params:oauth:request_uri:par_6esc_11ACC5bwc014ltc14eY22c",
    ),
    expires_in: z.number().meta({ description: "Seconds until it must be presented.", examples: [60] }),
  })
  .meta({ id: "PushedRequest" });
