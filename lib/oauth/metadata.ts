/**
 * Issuer metadata (RFC 8414 §2, OpenID Connect Discovery §3). Sets members explicitly where their
 * default would be wrong, such as `request_uri_parameter_supported`.
 */
import type { App } from "../apps/apps";
import { SIGNING_ALGS } from "../apps/signing-keys";
import { ACR } from "../sessions/sessions";
import { PROMPTS, RESPONSE_MODES } from "./authorize/read-parameters";
import { SUPPORTED_CLAIMS } from "./claims";
import { AUTH_METHODS } from "./clients/inputs";
import { deviceMetadata } from "./device/metadata";
import { dpopMetadata } from "./dpop/metadata";
import { GRANT_TYPES } from "./grants/types";
import { CODE_CHALLENGE_METHODS } from "./pkce";
import { registrationMetadata } from "./registration/policy";
import { listScopes } from "./scopes/scopes";

const SECRET_METHODS = AUTH_METHODS.filter((method) => method !== "none");

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
    token_endpoint_auth_methods_supported: [...AUTH_METHODS],
    introspection_endpoint_auth_methods_supported: SECRET_METHODS,
    revocation_endpoint_auth_methods_supported: [...AUTH_METHODS],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: [...SIGNING_ALGS].sort().reverse(),
    acr_values_supported: [ACR],
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
    ],
    prompt_values_supported: PROMPTS,
    claims_parameter_supported: true,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
    require_request_uri_registration: false,
    authorization_response_iss_parameter_supported: true,
  };
}

/** Each feature adds its members; a later part replaces members of an earlier one. */
const PARTS: ((app: App) => object | Promise<object>)[] = [
  coreMetadata,
  dpopMetadata,
  deviceMetadata,
  registrationMetadata,
];

export type IssuerMetadata = Awaited<ReturnType<typeof coreMetadata>> &
  ReturnType<typeof deviceMetadata> &
  Record<string, unknown>;

export async function issuerMetadata(app: App): Promise<IssuerMetadata> {
  return Object.assign({}, ...(await Promise.all(PARTS.map((part) => part(app)))));
}
