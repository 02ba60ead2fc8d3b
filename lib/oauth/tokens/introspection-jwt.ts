/** Introspection responses as signed JWTs (RFC 9701). */
import { signClaims } from "../../apps/jwt";
import { SIGNING_ALGS, type SigningAlg } from "../../apps/signing-keys";
import { nowSeconds } from "../../clock";
import type { Introspector } from "./introspection";

export const INTROSPECTION_JWT = "application/token-introspection+jwt";

/** RFC 9701 §6 */
const DEFAULT_ALG: SigningAlg = "RS256";

/** RFC 9701 §7 */
export function signedIntrospectionMetadata() {
  return { introspection_signing_alg_values_supported: [...SIGNING_ALGS] };
}

/**
 * Signs a response for its caller: a client, or the app's backend under the app ID, as in direct
 * tokens. It has no `sub` and `exp`, so that it can't pass for a token (RFC 9701 §8.1).
 */
export function signIntrospection({ app, client }: Introspector, response: object): Promise<string> {
  const claims = { iss: app.issuer, aud: client?.id ?? app.id, iat: nowSeconds(), token_introspection: response };
  const alg = client?.introspection_signed_response_alg ?? DEFAULT_ALG;
  return signClaims(app, claims, { typ: "token-introspection+jwt", alg });
}
