// A Next.js route handler that requires an access token of your app. Needs: npm install jose
// Save it as app/api/me/route.ts.
// .env.local: FOYER_ISSUER=http://localhost:8000/o/app_… and FOYER_APP_ID=app_…
//
// Checks the signature with the app's public keys, `alg`, `typ` (an ID token is rejected), `iss`,
// `aud` (a third party's token is rejected: its audience is the issuer) and `exp`.
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from "jose";

const { FOYER_ISSUER: issuer, FOYER_APP_ID: audience } = process.env;
if (!issuer || !audience) throw new Error("Set FOYER_ISSUER and FOYER_APP_ID.");

// Caches the keys for ten minutes. An unknown key ID refetches them, at most every 30 seconds.
const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
const rules = { issuer, audience, typ: "at+jwt", algorithms: ["ES256", "RS256"], requiredClaims: ["sub", "exp"] };

// Errors caused by the token. Any other error means that the keys could not be fetched.
const INVALID_TOKEN = /^ERR_(JW[ST]_|JWKS_NO_MATCHING_KEY|JOSE_(ALG_NOT_ALLOWED|NOT_SUPPORTED))/;

/** The claims of the request's token, or null if it is invalid. Throws without keys. */
async function findUser(request: Request): Promise<JWTPayload | null> {
  const [, token = ""] = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
  try {
    return (await jwtVerify(token, keys, rules)).payload;
  } catch (error) {
    if (error instanceof errors.JOSEError && INVALID_TOKEN.test(error.code)) return null;
    throw error;
  }
}

export async function GET(request: Request): Promise<Response> {
  try {
    const user = await findUser(request);
    if (user) return Response.json({ user_id: user.sub });
    const headers = { "WWW-Authenticate": 'Bearer error="invalid_token"' };
    return Response.json({ error: "invalid_token" }, { status: 401, headers });
  } catch {
    return Response.json({ error: "keys_unavailable" }, { status: 503, headers: { "Retry-After": "5" } });
  }
}
