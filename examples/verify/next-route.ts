// A route handler of Next.js that knows who calls. Save it as app/api/me/route.ts. Needs: npm install jose
// .env.local: FOYER_ISSUER=http://localhost:8000/o/app_… and FOYER_APP_ID=app_…
//
// Checked: the signature, by the App's published keys; `alg`, so that nobody chooses another; `typ`, so that an ID token is none;
// `iss`, your App at your Foyer; `aud`, your App itself: what a third party was given with a user's consent is for the issuer; `exp`.
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from "jose";

const { FOYER_ISSUER: issuer, FOYER_APP_ID: audience } = process.env;

// Fetched when first needed and kept for ten minutes. An unknown key id fetches again, at most every 30 seconds.
const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
const rules = { issuer, audience, typ: "at+jwt", algorithms: ["ES256", "RS256"], requiredClaims: ["sub", "exp"] };

// What the caller's token can be at fault for; that the keys cannot be fetched is not among it.
const REFUSED = /^ERR_(JW[ST]_|JWKS_NO_MATCHING_KEY|JOSE_(ALG_NOT_ALLOWED|NOT_SUPPORTED))/;

/** The claims of the caller's token, or null. Throws when the keys cannot be fetched. */
async function findUser(request: Request): Promise<JWTPayload | null> {
  const [, token = ""] = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
  try {
    return (await jwtVerify(token, keys, rules)).payload;
  } catch (error) {
    if (error instanceof errors.JOSEError && REFUSED.test(error.code)) return null;
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
