/** What the endpoints of the provider answer. */
import { z } from "zod";
import { SOME_ID } from "@/lib/http/openapi/parameters";
import type { TokenResponse } from "@/lib/oauth/grants/grant-handler";
import type { issuerMetadata } from "@/lib/oauth/metadata";
import { id, seconds, text } from "./fields";

/** RFC 6749 §5.1, OIDC Core §3.1.3.3 */
export const Tokens = z
  .object({
    access_token: text("A JWT (RFC 9068).", "eyJhbGciOiJFUzI1NiIs…"),
    token_type: z.literal("Bearer"),
    expires_in: seconds("Lifetime of the access token in seconds.", 600),
    scope: text("What was granted.", "openid email offline_access"),
    refresh_token: text("With the scope `offline_access`, or where the request is not OpenID.").optional(),
    id_token: text("With the scope `openid`.").optional(),
  })
  .meta({ id: "Tokens" }) satisfies z.ZodType<TokenResponse>;

/** RFC 7662 §2.2 */
export const Introspection = z
  .object({
    active: z.boolean().meta({ description: "Everything else is absent when it is false.", examples: [true] }),
    scope: text("What was granted.", "openid email").optional(),
    client_id: id("To which client.", SOME_ID.client).optional(),
    username: text("The user's address, with the scope `email`.", "bob@example.com").optional(),
    token_type: z.literal("Bearer").optional(),
    exp: seconds("When it expires, in seconds since 1970.", 1795428600).optional(),
    iat: seconds("When it was issued.", 1795428000).optional(),
    sub: id("The user, or the client when it acts for itself.", SOME_ID.user).optional(),
    aud: text("For whom it was issued.").optional(),
    iss: text("The issuer.").optional(),
    jti: text("The token's own id.").optional(),
    sid: id("The session.", SOME_ID.session).optional(),
    auth_time: seconds("When the user signed in.", 1795428000).optional(),
    acr: text("How sure that was.").optional(),
    amr: z.array(z.string()).optional().meta({ description: "How they proved who they are (RFC 8176)." }),
  })
  .meta({ id: "Introspection" });

/** RFC 7517 §5 */
export const Jwks = z
  .object({
    keys: z.array(
      z
        .looseObject({
          kty: text("`EC` or `RSA`.", "EC"),
          kid: text("Named in the header of each token.", "Bw0xT0cYRfW5pM8gWb8l7C9Xv1G3Jh5k2n4Q6s8U0zE"),
          alg: z.enum(["ES256", "RS256"]).meta({ description: "What it signs with." }),
          use: z.literal("sig"),
        })
        .meta({ description: "A public key (RFC 7517 §4), with the members of its kind." }),
    ),
  })
  .meta({ id: "Jwks" });

type Documents = Awaited<ReturnType<typeof issuerMetadata>>;

const link = (name: string) => text("Its address.", `https://auth.example/o/${SOME_ID.app}/${name}`);
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
    scopes_supported: list("What clients may ask for.", "openid", "profile", "email", "offline_access"),
    response_types_supported: list("RFC 6749 §3.1.1", "code"),
    response_modes_supported: list("How the answer comes back.", "query", "fragment", "form_post"),
    grant_types_supported: list("How tokens are got.", "authorization_code", "refresh_token", "client_credentials"),
    code_challenge_methods_supported: list("RFC 7636", "S256"),
    token_endpoint_auth_methods_supported: list("How clients prove who they are.", "client_secret_basic"),
    introspection_endpoint_auth_methods_supported: list("The same for introspection.", "client_secret_basic"),
    revocation_endpoint_auth_methods_supported: list("The same for revocation.", "client_secret_basic"),
    subject_types_supported: list("OIDC Core §8", "public"),
    id_token_signing_alg_values_supported: list("What ID tokens are signed with.", "RS256", "ES256"),
    acr_values_supported: list("How sure a sign-in may be.", "1"),
    claim_types_supported: list("OIDC Core §5.6", "normal"),
    claims_supported: list("What may be known about a user.", "sub", "email", "name"),
    prompt_values_supported: list("OIDC Core §3.1.2.1", "none", "login", "consent"),
    claims_parameter_supported: flag("OIDC Core §5.5", true),
    request_parameter_supported: flag("OIDC Core §6.1", false),
    request_uri_parameter_supported: flag("OIDC Core §6.2", false),
    require_request_uri_registration: flag("OIDC Core §6.2", false),
    authorization_response_iss_parameter_supported: flag("RFC 9207", true),
  })
  .meta({ id: "Metadata" });

null as unknown as Documents satisfies z.output<typeof Metadata>;
