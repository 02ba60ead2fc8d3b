/** The header of a DPoP proof (RFC 9449 §4.2): its type, algorithm and public key, with the key's thumbprint. */
import { LRUCache } from "lru-cache";
import { sha256 } from "../../crypto/hash";
import { type ParsedJws, typOf } from "../../crypto/jws";
import { importVerificationKey, publicJwkProblem, type VerificationKey } from "../../crypto/public-jwk";
import { processState } from "../../process-state";
import { rejectProof } from "./problem";

export interface ProofKey {
  key: VerificationKey;
  /** The JWK thumbprint (RFC 7638). */
  jkt: string;
}

/** The members that define a public key (RFC 7638 §3.2), in the order of the thumbprint. */
const MEMBERS = new Map([
  ["EC", ["crv", "kty", "x", "y"]],
  ["RSA", ["e", "kty", "n"]],
  ["OKP", ["crv", "kty", "x"]],
]);

export function thumbprint(jwk: Record<string, unknown>): string {
  const names = MEMBERS.get(String(jwk.kty)) ?? [];
  return sha256(JSON.stringify(Object.fromEntries(names.map((name) => [name, jwk[name]])))).toString("base64url");
}

/**
 * Keys by the hash of the header, which a client sends with every proof. Checking a key and creating its
 * object takes longer than checking a signature.
 */
const known = processState("dpop-headers", () => new LRUCache<string, ProofKey>({ max: 5000 }));

function readKey(jwk: unknown): ProofKey {
  if (jwk === undefined) rejectProof("has no jwk in its header");
  const problem = publicJwkProblem(jwk);
  if (problem) rejectProof(`is signed with a key that is not accepted: the jwk ${problem}`);
  const key = importVerificationKey(jwk);
  return key
    ? { key, jkt: thumbprint(jwk as Record<string, unknown>) }
    : rejectProof("is signed with a key that isn't for verifying signatures");
}

/** @param encoded the header as the proof contains it */
export function proofKey(jws: ParsedJws, encoded: string): ProofKey {
  const hash = sha256(encoded).toString("base64url");
  const kept = known.get(hash);
  if (kept) return kept;
  if (typOf(jws) !== "dpop+jwt") rejectProof("must have the type dpop+jwt in its header");
  const read = readKey(jws.header.jwk);
  known.set(hash, read);
  return read;
}
