/** JWTs of an app (RFC 7519): signing, and verification at Foyer's own endpoints. */
import { constants, createPublicKey, type KeyObject, sign } from "node:crypto";
import { promisify } from "node:util";
import { decodeJwt, decodeProtectedHeader, type JWTPayload, jwtVerify } from "jose";
import { LRUCache } from "lru-cache";
import { now, nowSeconds } from "../clock";
import { decodeBase64url } from "../crypto/base64url";
import { sha256 } from "../crypto/hash";
import { cached } from "../database/cache";
import { isAppId } from "../ids";
import { processState } from "../process-state";
import { type App, findApp } from "./apps";
import { getSigningKey, listPublicKeys, type SigningAlg, type SigningKey } from "./signing-keys";

export interface JwtOptions {
  /** The type of token: `at+jwt`, `JWT`, … */
  typ: string;
  alg: SigningAlg;
  ttlSeconds: number;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

function headerOf({ alg, kid, headers }: SigningKey, typ: string): string {
  const known = headers.get(typ);
  if (known) return known;
  const header = encode({ alg, kid, typ });
  headers.set(typ, header);
  return header;
}

const signElsewhere = promisify(sign);

/**
 * ES256 and EdDSA sign synchronously: ES256 takes 41 µs, against 116 µs with the thread pool. RSA
 * takes 277 µs, most of a code exchange, so the pool signs while this thread serves other requests.
 * One thread of the pool never hashes passwords (lib/users/password-hashing.ts).
 */
const SIGNERS: Record<SigningAlg, (bytes: Buffer, key: KeyObject) => Buffer | Promise<Buffer>> = {
  // RFC 7518 §3.4: R and S side by side.
  ES256: (bytes, key) => sign("sha256", bytes, { key, dsaEncoding: "ieee-p1363" }),
  RS256: (bytes, key) => signElsewhere("sha256", bytes, key),
  // RFC 7518 §3.5: the salt is as long as the hash.
  PS256: (bytes, key) =>
    signElsewhere("sha256", bytes, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }),
  // RFC 8037 §3.1
  EdDSA: (bytes, key) => sign(null, bytes, key),
};

/** Compact serialization (RFC 7515 §3.1). A promise only where the signature is one. */
function signCompact(key: SigningKey, typ: string, payload: JWTPayload): string | Promise<string> {
  const { alg, privateKey } = key;
  const input = `${headerOf(key, typ)}.${encode(payload)}`;
  const join = (signature: Buffer) => `${input}.${signature.toString("base64url")}`;
  const signature = SIGNERS[alg](Buffer.from(input), privateKey);
  return signature instanceof Promise ? signature.then(join) : join(signature);
}

/** Set by signing, so callers can't pass them. */
type Claims = JWTPayload & { sub: string; jti: string; iss?: never; iat?: never; exp?: never };

/** Signs claims as they are, for a JWT that isn't a token. */
export async function signClaims(
  app: App,
  claims: JWTPayload,
  { typ, alg }: Omit<JwtOptions, "ttlSeconds">,
): Promise<string> {
  return signCompact(await getSigningKey(app.id, alg), typ, claims);
}

/** Signs `claims` with the app's issuer, `iat` (rounded down) and `exp`. */
export async function signJwt(app: App, claims: Claims, options: JwtOptions): Promise<string> {
  const key = await getSigningKey(app.id, options.alg);
  const issuedAt = nowSeconds();
  // Spread last, because V8 is slow to add members to an object spread from objects of many shapes.
  const payload = { iss: app.issuer, iat: issuedAt, exp: issuedAt + options.ttlSeconds, ...claims };
  return signCompact(key, options.typ, payload);
}

interface VerificationKey {
  alg: SigningAlg;
  key: KeyObject;
}

function verificationKeys(appId: string): Promise<Map<string, VerificationKey>> {
  return cached(appId, "verification-keys", async () => {
    const keys = await listPublicKeys(appId);
    return new Map(keys.map((jwk) => [jwk.kid, { alg: jwk.alg, key: createPublicKey({ key: jwk, format: "jwk" }) }]));
  });
}

/** The app ID in a token's issuer, unverified. */
async function claimedApp(token: string): Promise<App | null> {
  const { iss } = decodeJwt(token);
  const appId = typeof iss === "string" ? iss.slice(iss.lastIndexOf("/") + 1) : "";
  const app = isAppId(appId) ? await findApp(appId) : null;
  return app?.issuer === iss ? app : null;
}

export interface VerifiedJwt {
  app: App;
  typ: string;
  payload: JWTPayload;
}

const MAX_LENGTH = 8192;

interface Verified {
  typ: string;
  /**
   * The cached verification keys. If the cache has another object (after a rotation or retirement),
   * the entry is invalid.
   */
  key: VerificationKey;
  kid: string;
  appId: string;
  payload: JWTPayload;
}

/**
 * Verified signatures by the hash of the token, until it expires: 4 µs instead of 150 µs. They say
 * nothing about revocation, which the database answers for each request.
 */
const verified = processState("verified-jwts", () => new LRUCache<string, Verified>({ max: 5000 }));

async function recall(hash: string, types: readonly string[]): Promise<VerifiedJwt | null> {
  const known = verified.get(hash);
  if (!known || !types.includes(known.typ) || (known.payload.exp ?? 0) <= nowSeconds()) return null;
  const app = await findApp(known.appId);
  if (!app || (await verificationKeys(app.id)).get(known.kid) !== known.key) return null;
  return { app, typ: known.typ, payload: known.payload };
}

/** The `typ` of a header, if it is one of these. RFC 7515 §4.1.9: a media type, in any case. */
function findTyp(header: { typ?: string }, types: readonly string[]): string | undefined {
  const sent = header.typ?.toLowerCase().replace(/^application\//, "");
  return types.find((typ) => typ.toLowerCase() === sent);
}

/**
 * Verifies a token of one of these `typ` values that one of Foyer's apps signed. Returns its app and claims, or
 * null. The algorithm is the key's, never the token's choice (RFC 8725 §3.1).
 */
export async function verifyJwt(
  token: string,
  types: readonly string[],
  accept: { expired?: boolean } = {},
): Promise<VerifiedJwt | null> {
  // RFC 7515 §2: no padding, and only one encoding of a signature.
  if (token.length > MAX_LENGTH) return null;
  const hash = sha256(token).toString("base64url");
  const recalled = accept.expired ? null : await recall(hash, types);
  if (recalled) return recalled;
  if (!token.split(".").every(decodeBase64url)) return null;
  try {
    const app = await claimedApp(token);
    const header = decodeProtectedHeader(token);
    const { kid, alg } = header;
    const typ = findTyp(header, types);
    const known = app && kid ? (await verificationKeys(app.id)).get(kid) : undefined;
    if (!app || !typ || !known || known.alg !== alg) return null;
    const { payload } = await jwtVerify(token, known.key, {
      algorithms: [known.alg],
      issuer: app.issuer,
      typ,
      requiredClaims: ["exp", "iat", "sub", "jti"],
      // An id_token_hint may be expired; only its signature counts.
      currentDate: accept.expired ? new Date(0) : now(),
    });
    if (!accept.expired) verified.set(hash, { typ, key: known, kid: kid ?? "", appId: app.id, payload });
    return { app, typ, payload };
  } catch (error) {
    if (isJoseError(error)) return null;
    throw error;
  }
}

/**
 * jose's errors for invalid tokens. Other errors, such as an unavailable database, are not the
 * token's fault.
 */
function isJoseError(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return (
    error instanceof TypeError || error instanceof SyntaxError || (typeof code === "string" && /^ERR_J/.test(code))
  );
}
