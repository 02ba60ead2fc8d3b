// A Node server that lets in who has a token of your App. Needs: npm install jose
// FOYER_ISSUER=http://localhost:8000/o/app_… FOYER_APP_ID=app_… node node.mjs
//
// Checked: the signature, by the App's published keys; `alg`, so that nobody chooses another; `typ`, so that an ID token is none;
// `iss`, your App at your Foyer; `aud`, your App itself: what a third party was given with a user's consent is for the issuer; `exp`.
import { createServer } from "node:http";
import { createRemoteJWKSet, jwtVerify } from "jose";

const { FOYER_ISSUER: issuer, FOYER_APP_ID: audience, PORT = 3000 } = process.env;

// Fetched when first needed and kept for ten minutes. An unknown key id fetches again, at most every 30 seconds.
const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
const rules = { issuer, audience, typ: "at+jwt", algorithms: ["ES256", "RS256"], requiredClaims: ["sub", "exp"] };

// What the caller's token can be at fault for; that the keys cannot be fetched is not among it.
const REFUSED = /^ERR_(JW[ST]_|JWKS_NO_MATCHING_KEY|JOSE_(ALG_NOT_ALLOWED|NOT_SUPPORTED))/;

/** The claims of whoever sends `header` (Authorization), or null. Throws when the keys cannot be fetched. */
export async function verify(header) {
  const [, token = ""] = /^Bearer +(\S+)$/i.exec(header ?? "") ?? [];
  try {
    const { payload } = await jwtVerify(token, keys, rules);
    return payload; // sub is the user's id, sid the session's
  } catch (error) {
    if (REFUSED.test(error.code)) return null;
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
