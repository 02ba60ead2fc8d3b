// Express middleware that requires an access token of your app. Needs: npm install express jose
// FOYER_ISSUER=http://localhost:8000/o/app_… FOYER_APP_ID=app_… node express.mjs
//
// Checks the signature with the app's public keys, `alg`, `typ` (an ID token is rejected), `iss`,
// `aud` (a third party's token is rejected: its audience is the issuer) and `exp`.
import express from "express";
import { createRemoteJWKSet, jwtVerify } from "jose";

const { FOYER_ISSUER: issuer, FOYER_APP_ID: audience, PORT = 3000 } = process.env;
if (!issuer || !audience) throw new Error("Set FOYER_ISSUER and FOYER_APP_ID.");

// Caches the keys for ten minutes. An unknown key ID refetches them, at most every 30 seconds.
const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
const rules = { issuer, audience, typ: "at+jwt", algorithms: ["ES256", "RS256"], requiredClaims: ["sub", "exp"] };

// Errors caused by the token. Any other error means that the keys could not be fetched.
const INVALID_TOKEN = /^ERR_(JW[ST]_|JWKS_NO_MATCHING_KEY|JOSE_(ALG_NOT_ALLOWED|NOT_SUPPORTED))/;

/** Sets `request.user` to the claims, or responds with 401. */
export async function requireUser(request, response, next) {
  const [, token = ""] = /^Bearer +(\S+)$/i.exec(request.get("authorization") ?? "") ?? [];
  try {
    request.user = (await jwtVerify(token, keys, rules)).payload;
  } catch (error) {
    if (!INVALID_TOKEN.test(error.code))
      return response.status(503).set("Retry-After", "5").json({ error: "keys_unavailable" });
    return response
      .status(401)
      .set("WWW-Authenticate", 'Bearer error="invalid_token"')
      .json({ error: "invalid_token" });
  }
  next();
}

const app = express();
app.get("/me", requireUser, (request, response) => response.json({ user_id: request.user.sub }));
app.listen(PORT);
