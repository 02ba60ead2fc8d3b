/**
 * Issuer metadata (RFC 8414 §2, OpenID Connect Discovery §3). Sets members explicitly where their
 * default would be wrong, such as `request_uri_parameter_supported`.
 */
import type { App } from "../apps/apps";
import { SIGNING_ALGS } from "../apps/signing-keys";
import { listClaims } from "../claims/claim";
import { ACR_VALUES } from "../sessions/acr";
import { signedResponseMetadata } from "./authorize/jarm";
import { pushedRequestMetadata } from "./authorize/pushed-request";
import { PROMPTS, RESPONSE_MODES } from "./authorize/read-parameters";
import { requestObjectMetadata } from "./authorize/request-object";
import { SUPPORTED_CLAIMS } from "./claims";
import { clientAuthenticationMetadata } from "./client-authentication/metadata";
import { deviceMetadata } from "./device/metadata";
import { dpopMetadata } from "./dpop/metadata";
import { GRANT_TYPES } from "./grants/types";
import { logoutMetadata } from "./logout/metadata";
import { CODE_CHALLENGE_METHODS } from "./pkce";
import { registrationMetadata } from "./registration/policy";
import { listScopes } from "./scopes/scopes";
import { signedIntrospectionMetadata } from "./tokens/introspection-jwt";

async function coreMetadata(app: App) {
  const at = (path: string) => `${app.issuer}/${path}`;
  return {
    issuer: app.issuer,
    authorization_endpoint: at("authorize"),
    token_endpoint: at("token"),
    userinfo_endpoint: at("userinfo"),
    jwks_uri: at("jwks"),
    introspection_endpoint: at("introspect"),
    revocation_endpoint: at("revoke"),
    end_session_endpoint: at("logout"),
    scopes_supported: [...(await listScopes(app.id)).keys()],
    response_types_supported: ["code"],
    response_modes_supported: RESPONSE_MODES,
    grant_types_supported: [...GRANT_TYPES],
    code_challenge_methods_supported: CODE_CHALLENGE_METHODS,
    subject_types_supported: ["public", "pairwise"],
    id_token_signing_alg_values_supported: [...SIGNING_ALGS].sort().reverse(),
    userinfo_signing_alg_values_supported: [...SIGNING_ALGS].sort().reverse(),
    acr_values_supported: [...ACR_VALUES],
    claim_types_supported: ["normal"],
    claims_supported: [
      "iss",
      "aud",
      "exp",
      "iat",
      "auth_time",
      "nonce",
      "acr",
      "amr",
      "at_hash",
      "sid",
      ...SUPPORTED_CLAIMS,
      ...(await listClaims(app.id)).map(({ name }) => name),
    ],
    prompt_values_supported: PROMPTS,
    claims_parameter_supported: true,
    request_uri_parameter_supported: false,
    require_request_uri_registration: false,
    authorization_response_iss_parameter_supported: true,
  };
}

/** Each feature adds its members; a later part replaces members of an earlier one. */
const PARTS = [
  coreMetadata,
  clientAuthenticationMetadata,
  pushedRequestMetadata,
  requestObjectMetadata,
  signedResponseMetadata,
  signedIntrospectionMetadata,
  dpopMetadata,
  deviceMetadata,
  logoutMetadata,
  registrationMetadata,
] satisfies ((app: App) => object | Promise<object>)[];

/** The members of all parts: A | B → A & B. */
type Together<Part> = (Part extends unknown ? (part: Part) => void : never) extends (all: infer All) => void
  ? All
  : never;

export type IssuerMetadata = Together<Awaited<ReturnType<(typeof PARTS)[number]>>>;

export async function issuerMetadata(app: App): Promise<IssuerMetadata> {
  return Object.assign({}, ...(await Promise.all(PARTS.map((part) => part(app)))));
}
