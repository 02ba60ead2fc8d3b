/**
 * Public keys of other parties as JWKs (RFC 7517, RFC 7518 §6, RFC 8037): which of them can verify a
 * signature, and which are too weak to accept.
 */
import { createPublicKey, type JsonWebKey, type KeyObject } from "node:crypto";
import { decodeBase64url } from "./base64url";
import { hasRocaWeakness } from "./roca";

export const JWS_ALGS = ["ES256", "PS256", "RS256", "EdDSA"] as const;
export type JwsAlg = (typeof JWS_ALGS)[number];

export interface VerificationKey {
  kid: string | null;
  /** The algorithms that the key may be used with: its own `alg`, or those of its type. */
  algs: readonly JwsAlg[];
  key: KeyObject;
}

type Members = Record<string, unknown>;

/** RFC 7518 §6.2.2, §6.3.2, §6.4.1, RFC 8037 §2 */
const PRIVATE_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"];

const MIN_MODULUS_BITS = 2048;
/** Verifying takes time that grows with the modulus and the exponent. */
const MAX_MODULUS_BITS = 8192;
const MAX_EXPONENT = 2n ** 32n;

function integer(value: unknown): bigint | null {
  const bytes = typeof value === "string" && value.length <= 4096 ? decodeBase64url(value) : null;
  return bytes && bytes.length > 0 ? BigInt(`0x${bytes.toString("hex")}`) : null;
}

function rsaProblem({ n, e }: Members): string | null {
  const [modulus, exponent] = [integer(n), integer(e)];
  if (modulus === null || exponent === null) return "must have the members n and e in base64url";
  const bits = modulus.toString(2).length;
  if (bits < MIN_MODULUS_BITS) return `must have at least ${MIN_MODULUS_BITS} bits (RFC 7518 §3.3), not ${bits}`;
  if (bits > MAX_MODULUS_BITS) return `must have at most ${MAX_MODULUS_BITS} bits, not ${bits}`;
  if (modulus % 2n === 0n || exponent % 2n === 0n || exponent < 3n || exponent > MAX_EXPONENT)
    return "must have an odd modulus, and an odd exponent between 3 and 2^32";
  if (hasRocaWeakness(modulus)) return "has the ROCA weakness (CVE-2017-15361). Create a new key";
  return null;
}

/** The encodings of the points of small order, with which a signature can be forged for any message. */
const SMALL_ORDER = new Set([
  ...["AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIA"],
  ...["AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIA"],
  ...["7P_______________________________________38", "7P________________________________________8"],
  ...["7f_______________________________________38", "7f________________________________________8"],
  ...["7v_______________________________________38", "7v________________________________________8"],
  ...["xxdqcD1N2E-6PAt2DRBnDyogU_osOczGTsf9d5KsA3o", "xxdqcD1N2E-6PAt2DRBnDyogU_osOczGTsf9d5KsA_o"],
  ...["JuiVj8KyJ7BFw_SJ8u-Y8NXfrAXTxjM5sTgCiG1T_AU", "JuiVj8KyJ7BFw_SJ8u-Y8NXfrAXTxjM5sTgCiG1T_IU"],
]);
/** OpenSSL rejects a point that isn't on the curve. */
function isImportable(jwk: Members): boolean {
  try {
    createPublicKey({ key: jwk as JsonWebKey, format: "jwk" });
    return true;
  } catch {
    return false;
  }
}

function curveProblem(jwk: Members): string | null {
  const { crv, x, y } = jwk;
  if (crv === "P-256") {
    const encoded = [x, y].every((part) => typeof part === "string" && decodeBase64url(part)?.length === 32);
    return encoded && isImportable(jwk) ? null : "must be a point on the curve P-256, with x and y of 32 bytes each";
  }
  if (crv === "Ed25519") {
    const encoded = typeof x === "string" && decodeBase64url(x)?.length === 32 && !SMALL_ORDER.has(x);
    return encoded && isImportable(jwk) ? null : "must be a public key of Ed25519, with x of 32 bytes";
  }
  return null;
}

function algsOf({ kty, crv }: Members): readonly JwsAlg[] {
  if (kty === "RSA") return ["RS256", "PS256"];
  if (kty === "EC" && crv === "P-256") return ["ES256"];
  return kty === "OKP" && crv === "Ed25519" ? ["EdDSA"] : [];
}

/** RFC 9864 names the algorithm after the curve. */
export function canonicalAlg(alg: unknown): JwsAlg | null {
  return JWS_ALGS.find((known) => known === (alg === "Ed25519" ? "EdDSA" : alg)) ?? null;
}

/**
 * The problem of a public key, or null. A key for something else than signatures (`use: enc`, another
 * curve or algorithm) has none: its owner may need it elsewhere.
 */
export function publicJwkProblem(jwk: unknown): string | null {
  if (typeof jwk !== "object" || jwk === null || Array.isArray(jwk)) return "must be a JWK (RFC 7517)";
  const members = jwk as Members;
  if (members.kty === "oct") return "must not be a symmetric key";
  if (PRIVATE_MEMBERS.some((name) => name in members)) return "must not contain a private key. Send the public key";
  if (typeof members.kty !== "string") return "must have the member kty";
  for (const name of ["kid", "alg", "use"] as const)
    if (members[name] !== undefined && (typeof members[name] !== "string" || (members[name] as string).length > 500))
      return `must have a string of at most 500 characters as ${name}`;
  if (members.key_ops !== undefined && !Array.isArray(members.key_ops)) return "must have a list as key_ops";
  const problem = members.kty === "RSA" ? rsaProblem(members) : curveProblem(members);
  if (problem) return problem;
  const [alg, algs] = [canonicalAlg(members.alg), algsOf(members)];
  return alg && !algs.includes(alg) ? `can't be used with its alg ${alg}` : null;
}

/** The key, or null if it can't verify signatures or is too weak. */
export function importVerificationKey(jwk: unknown): VerificationKey | null {
  if (publicJwkProblem(jwk) !== null) return null;
  const members = jwk as Members;
  const { kid, alg, use, key_ops: operations } = members;
  if (use !== undefined && use !== "sig") return null;
  if (Array.isArray(operations) && !operations.includes("verify")) return null;
  const all = algsOf(members);
  const algs = alg === undefined ? all : all.filter((one) => one === canonicalAlg(alg)); // RFC 7517 §4.4
  if (algs.length === 0) return null;
  const { kty, crv, n, e, x, y } = members as JsonWebKey;
  const key = createPublicKey({ key: { kty, crv, n, e, x, y } as JsonWebKey, format: "jwk" });
  return { kid: typeof kid === "string" ? kid : null, algs, key };
}
