/** Public keys of passkeys (COSE, RFC 9053): ES256, EdDSA and RS256 with keys that are safe to verify with. */
import { createPublicKey, type JsonWebKey } from "node:crypto";
import { cose, decodeCredentialPublicKey } from "@simplewebauthn/server/helpers";

/** In the order of preference. */
export const ALGORITHMS = [cose.COSEALG.ES256, cose.COSEALG.EdDSA, cose.COSEALG.RS256];

const { COSEKEYS, COSEKTY, COSECRV } = cose;

type CoseKey = Map<number, unknown>;

function base64url(key: CoseKey, parameter: number): string {
  const value = key.get(parameter);
  return value instanceof Uint8Array ? Buffer.from(value).toString("base64url") : "";
}

function isMadeOf(key: CoseKey, kty: number, curve?: number): boolean {
  return key.get(COSEKEYS.kty) === kty && (curve === undefined || key.get(COSEKEYS.crv) === curve);
}

function jwkOf(key: CoseKey): JsonWebKey | null {
  const alg = key.get(COSEKEYS.alg);
  if (alg === cose.COSEALG.ES256 && isMadeOf(key, COSEKTY.EC2, COSECRV.P256))
    return { kty: "EC", crv: "P-256", x: base64url(key, COSEKEYS.x), y: base64url(key, COSEKEYS.y) };
  if (alg === cose.COSEALG.EdDSA && isMadeOf(key, COSEKTY.OKP, COSECRV.ED25519))
    return { kty: "OKP", crv: "Ed25519", x: base64url(key, COSEKEYS.x) };
  if (alg === cose.COSEALG.RS256 && isMadeOf(key, COSEKTY.RSA))
    return { kty: "RSA", n: base64url(key, COSEKEYS.n), e: base64url(key, COSEKEYS.e) };
  return null;
}

/** A huge modulus or exponent would make each verification slow. */
function isReasonable({ modulusLength, publicExponent }: { modulusLength?: number; publicExponent?: bigint }): boolean {
  if (modulusLength === undefined) return true;
  return modulusLength >= 2048 && modulusLength <= 4096 && publicExponent === 65537n;
}

/** Whether sign-ins can be verified with the key. */
export function isUsableKey(publicKey: Uint8Array<ArrayBuffer>): boolean {
  try {
    const jwk = jwkOf(decodeCredentialPublicKey(publicKey) as unknown as CoseKey);
    if (!jwk) return false;
    return isReasonable(createPublicKey({ key: jwk, format: "jwk" }).asymmetricKeyDetails ?? {});
  } catch {
    return false;
  }
}
