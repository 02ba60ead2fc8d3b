/** Client authentication in the issuer's metadata (RFC 8414 §2). */
import { JWS_ALGS } from "../../crypto/public-jwk";
import { AUTH_METHODS, METHODS } from "./list";

/** Introspection requires a confidential client. */
const CONFIDENTIAL = METHODS.filter(({ confidential }) => confidential).map(({ name }) => name);

export function clientAuthenticationMetadata() {
  const algs = [...JWS_ALGS];
  return {
    token_endpoint_auth_methods_supported: AUTH_METHODS,
    token_endpoint_auth_signing_alg_values_supported: algs,
    introspection_endpoint_auth_methods_supported: CONFIDENTIAL,
    introspection_endpoint_auth_signing_alg_values_supported: algs,
    revocation_endpoint_auth_methods_supported: AUTH_METHODS,
    revocation_endpoint_auth_signing_alg_values_supported: algs,
  };
}
