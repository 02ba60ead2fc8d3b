/** DPoP proofs (RFC 9449 §4.2): parsing, and the checks of §4.3 that need no state. */
import { nowSeconds } from "../../clock";
import { sha256 } from "../../crypto/hash";
import { isSignedByOneOf, parseJws } from "../../crypto/jws";
import { proofKey } from "./header";
import { rejectProof } from "./problem";
import { isTarget } from "./target";

/** How far `iat` may be from Foyer's clock. */
export const MAX_CLOCK_DIFFERENCE_SECONDS = 60;
const MAX_LENGTH = 8192;
const MAX_JTI_LENGTH = 256;

export interface ProvenRequest {
  method: string;
  /** The URL that was called, under PUBLIC_URL, without query. */
  url: string;
  /** Set at resources: the access token that the proof must name (`ath`). */
  accessToken?: string;
}

export interface Proof {
  /** The thumbprint of the key that signed it. */
  jkt: string;
  jti: string;
  issuedAt: number;
  nonce: string | null;
}

/** A proof whose signature is valid. */
function verifySignature(text: string): { claims: Record<string, unknown>; jkt: string } {
  if (text.length > MAX_LENGTH) rejectProof(`is longer than ${MAX_LENGTH} characters`);
  // Repeated headers arrive joined by commas.
  if (text.includes(",")) rejectProof("was sent twice. Send one DPoP header");
  const jws = parseJws(text);
  if (typeof jws === "string") return rejectProof(jws);
  const { key, jkt } = proofKey(jws, text.slice(0, text.indexOf(".")));
  if (!key.algs.includes(jws.alg)) rejectProof(`has a key that doesn't fit its algorithm ${jws.alg}`);
  if (!isSignedByOneOf(jws, [key])) rejectProof("has a wrong signature");
  return { claims: jws.payload, jkt };
}

function requireTime({ iat, exp, nbf }: Record<string, unknown>): number {
  const now = nowSeconds();
  if (typeof iat !== "number" || !Number.isFinite(iat)) return rejectProof("has no iat");
  if (Math.abs(iat - now) > MAX_CLOCK_DIFFERENCE_SECONDS)
    rejectProof(`has an iat that is more than ${MAX_CLOCK_DIFFERENCE_SECONDS} seconds from the current time`);
  if (exp !== undefined && !(typeof exp === "number" && exp > now)) rejectProof("has expired");
  if (nbf !== undefined && !(typeof nbf === "number" && nbf <= now + MAX_CLOCK_DIFFERENCE_SECONDS))
    rejectProof("isn't valid yet");
  return iat;
}

/** @throws invalid_dpop_proof. Whether `jti` is new and the nonce valid is for the caller to check. */
export function verifyProof(text: string, { method, url, accessToken }: ProvenRequest): Proof {
  const { claims, jkt } = verifySignature(text);
  const { jti, htm, htu, ath, nonce } = claims;
  if (typeof jti !== "string" || jti === "" || jti.length > MAX_JTI_LENGTH)
    return rejectProof(`must have a jti of 1 to ${MAX_JTI_LENGTH} characters`);
  if (htm !== method) rejectProof(`must have the htm ${method}`);
  if (typeof htu !== "string" || !isTarget(htu, url)) rejectProof(`must have the htu ${url}`);
  const issuedAt = requireTime(claims);
  // RFC 9449 §4.2: the hash of the token's ASCII characters.
  if (accessToken !== undefined && ath !== sha256(accessToken).toString("base64url"))
    rejectProof("must have an ath that is the SHA-256 hash of the access token");
  if (nonce !== undefined && typeof nonce !== "string") rejectProof("has a malformed nonce");
  return { jkt, jti, issuedAt, nonce: typeof nonce === "string" ? nonce : null };
}
