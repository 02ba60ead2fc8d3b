/** Verification of signed JWTs of other parties (RFC 7515, RFC 7518 §3, RFC 8725). */
import { constants, type KeyObject, verify } from "node:crypto";
import { decodeBase64url } from "./base64url";
import { canonicalAlg, type JwsAlg, type VerificationKey } from "./public-jwk";

export interface Jws {
  header: Record<string, unknown>;
  payload: Buffer;
  alg: JwsAlg;
  kid: string | null;
  signed: Buffer;
  signature: Buffer;
}

export interface ParsedJws extends Omit<Jws, "payload"> {
  payload: Record<string, unknown>;
}

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function parseObject(bytes: Buffer | null | undefined): Record<string, unknown> | null {
  try {
    const value: unknown = bytes ? JSON.parse(UTF8.decode(bytes)) : null;
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/**
 * The parts of a compact JWS with a supported algorithm, unverified. A string is the reason why it
 * isn't one. Strict base64url leaves one spelling of each token.
 */
export function splitJws(text: string): Jws | string {
  const parts = text.split(".");
  const [headerBytes, payload, signature] = parts.map(decodeBase64url);
  const header = parseObject(headerBytes);
  if (parts.length !== 3 || !header || !payload || !signature) return "must be a signed JWT";
  const alg = canonicalAlg(header.alg);
  if (!alg) return "must be signed with ES256, PS256, RS256 or EdDSA";
  // RFC 7515 §4.1.11: Foyer understands no extension.
  if ("crit" in header || "b64" in header) return "must not have a header with crit";
  const { kid } = header;
  if (kid !== undefined && (typeof kid !== "string" || kid === "")) return "must have a string as kid";
  const signed = Buffer.from(text.slice(0, text.lastIndexOf(".")));
  return { header, payload, alg, kid: kid ?? null, signed, signature };
}

/** The parts of a signed JWT, unverified. A string is the reason why it isn't one. */
export function parseJws(text: string): ParsedJws | string {
  const jws = splitJws(text);
  if (typeof jws === "string") return jws;
  const payload = parseObject(jws.payload);
  return payload ? { ...jws, payload } : "must be a signed JWT, whose payload is a JSON object";
}

/** ES256 takes 0.1 ms on this thread, and longer through the thread pool. */
function isSignedBy({ alg, signed, signature }: Omit<Jws, "payload">, key: KeyObject): boolean {
  switch (alg) {
    case "ES256":
      return signature.length === 64 && verify("sha256", signed, { key, dsaEncoding: "ieee-p1363" }, signature);
    case "PS256": {
      const padding = constants.RSA_PKCS1_PSS_PADDING;
      return verify("sha256", signed, { key, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }, signature);
    }
    case "RS256":
      return verify("sha256", signed, { key, padding: constants.RSA_PKCS1_PADDING }, signature);
    default:
      return verify(null, signed, key, signature);
  }
}

/**
 * Whether one of these keys signed it. A key without a `kid` may have signed every token; keys with
 * the same `kid` are all tried. Keys in the header of the token (`jwk`, `x5c`, `jku`) don't count.
 */
export function isSignedByOneOf(jws: Omit<Jws, "payload">, keys: readonly VerificationKey[]): boolean {
  return keys.some(
    ({ kid, algs, key }) =>
      algs.includes(jws.alg) && (jws.kid === null || kid === null || kid === jws.kid) && isSignedBy(jws, key),
  );
}

/** The `typ` of a header in lower case, without `application/` (RFC 7515 §4.1.9). undefined without one. */
export function typOf({ header: { typ } }: Pick<Jws, "header">): string | undefined {
  return typ === undefined
    ? undefined
    : String(typ)
        .toLowerCase()
        .replace(/^application\//, "");
}
