/** JWTs that an App signs (RFC 7519), and their verification at Foyer's own endpoints. */
import { createPublicKey, type KeyObject } from "node:crypto";
import { decodeJwt, decodeProtectedHeader, type JWTPayload, jwtVerify, SignJWT } from "jose";
import { cached } from "../cache";
import { now, nowSeconds } from "../clock";
import { decodeBase64url } from "../crypto/base64url";
import { isAppId } from "../ids";
import { type App, findApp } from "./apps";
import { getSigningKey, listPublicKeys, type SigningAlg } from "./signing-keys";

export interface JwtOptions {
  /** One kind of token for one use: `at+jwt`, `JWT`, … */
  typ: string;
  alg: SigningAlg;
  ttlSeconds: number;
}

/** Signs `claims` with the App's issuer, `iat` (floored) and `exp`. */
export async function signJwt(
  app: App,
  claims: JWTPayload & { sub: string; jti: string },
  options: JwtOptions,
): Promise<string> {
  const key = await getSigningKey(app.id, options.alg);
  const issuedAt = nowSeconds();
  return new SignJWT({ ...claims, iss: app.issuer, iat: issuedAt, exp: issuedAt + options.ttlSeconds })
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: options.typ })
    .sign(key.privateKey);
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

/** The App that a token claims to come from; proves nothing. */
async function claimedApp(token: string): Promise<App | null> {
  const { iss } = decodeJwt(token);
  const appId = typeof iss === "string" ? iss.slice(iss.lastIndexOf("/") + 1) : "";
  const app = isAppId(appId) ? await findApp(appId) : null;
  return app?.issuer === iss ? app : null;
}

export interface VerifiedJwt {
  app: App;
  payload: JWTPayload;
}

const MAX_LENGTH = 8192;

/**
 * The App and claims of a token that one of our Apps signed for this `typ` and that has not expired, or null. The algorithm is the
 * key's, never the token's choice (RFC 8725 §3.1).
 */
export async function verifyJwt(
  token: string,
  typ: string,
  accept: { expired?: boolean } = {},
): Promise<VerifiedJwt | null> {
  // RFC 7515 §2: no padding; and a signature must not have a second spelling.
  if (token.length > MAX_LENGTH || !token.split(".").every(decodeBase64url)) return null;
  try {
    const app = await claimedApp(token);
    const { kid, alg } = decodeProtectedHeader(token);
    const known = app && kid ? (await verificationKeys(app.id)).get(kid) : undefined;
    if (!app || !known || known.alg !== alg) return null;
    const { payload } = await jwtVerify(token, known.key, {
      algorithms: [known.alg],
      issuer: app.issuer,
      typ,
      requiredClaims: ["exp", "iat", "sub", "jti"],
      // A hint may be old; that it is ours is all that counts.
      currentDate: accept.expired ? new Date(0) : now(),
    });
    return { app, payload };
  } catch (error) {
    if (isJoseError(error)) return null;
    throw error;
  }
}

/** What jose throws at a bad token. Anything else (the database is away) is not the token's fault. */
function isJoseError(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return (
    error instanceof TypeError || error instanceof SyntaxError || (typeof code === "string" && /^ERR_J/.test(code))
  );
}
