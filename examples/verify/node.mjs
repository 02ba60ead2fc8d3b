// A Node.js server that accepts access tokens of your app. Needs: npm install jose
// FOYER_ISSUER=http://localhost:8000/o/app_… FOYER_APP_ID=app_… node node.mjs
//
// Checks the signature with the app's public keys, `alg`, `typ` (an ID token is rejected), `iss`,
// `aud` (a third party's token is rejected: its audience is the issuer) and `exp`.
import { createServer } from "node:http";
import { createRemoteJWKSet, jwtVerify } from "jose";

const { FOYER_ISSUER: issuer, FOYER_APP_ID: audience, PORT = 3000 } = process.env;
if (!issuer || !audience) throw new Error("Set FOYER_ISSUER and FOYER_APP_ID.");

// Caches the keys for ten minutes. An unknown key ID refetches them, at most every 30 seconds.
const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
const rules = { issuer, audience, typ: "at+jwt", algorithms: ["ES256", "RS256"], requiredClaims: ["sub", "exp"] };

// Errors caused by the token. Any other error means that the keys could not be fetched.
const INVALID_TOKEN = /^ERR_(JW[ST]_|JWKS_NO_MATCHING_KEY|JOSE_(ALG_NOT_ALLOWED|NOT_SUPPORTED))/;

/** The claims of an Authorization header, or null if its token is invalid. Throws without keys. */
export async function verify(header) {
  const [, token = ""] = /^Bearer +(\S+)$/i.exec(header ?? "") ?? [];
  try {
    const { payload } = await jwtVerify(token, keys, rules);
    return payload; // sub: the user ID, sid: the session ID
  } catch (error) {
    if (INVALID_TOKEN.test(error.code)) return null;
    throw error;
  }
}

createServer(async (request, response) => {
  const send = (status, body, headers = {}) =>
    response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(JSON.stringify(body));
  try {
    const user = await verify(request.headers.authorization);
    if (user) send(200, { user_id: user.sub });
    else send(401, { error: "invalid_token" }, { "WWW-Authenticate": 'Bearer error="invalid_token"' });
  } catch {
    send(503, { error: "keys_unavailable" }, { "Retry-After": "5" });
  }
}).listen(PORT);
