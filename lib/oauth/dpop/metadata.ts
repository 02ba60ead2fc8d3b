/** Metadata of DPoP (RFC 9449 §5.1). */
import { JWS_ALGS } from "../../crypto/public-jwk";

export function dpopMetadata() {
  return { dpop_signing_alg_values_supported: [...JWS_ALGS] };
}
