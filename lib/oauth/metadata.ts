/**
 * An issuer's metadata (RFC 8414 §2, OpenID Connect Discovery §3). It says nothing that is not so, also where silence would mean a
 * default: what is not offered yet is an empty list or false.
 */
import type { App } from "../apps/apps";
import { SIGNING_ALGS } from "../apps/signing-keys";

export function issuerMetadata(app: App) {
  return {
    issuer: app.issuer,
    jwks_uri: `${app.issuer}/jwks`,
    response_types_supported: [],
    grant_types_supported: [],
    response_modes_supported: [],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: [...SIGNING_ALGS],
    token_endpoint_auth_methods_supported: [],
    claims_parameter_supported: false,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
  };
}
