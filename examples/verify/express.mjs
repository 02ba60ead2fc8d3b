// A guard for Express: routes behind it know who calls. Needs: npm install express jose
// FOYER_ISSUER=http://localhost:8000/o/app_… FOYER_APP_ID=app_… node express.mjs
//
// Checked: the signature, by the App's published keys; `alg`, so that nobody chooses another; `typ`, so that an ID token is none;
// `iss`, your App at your Foyer; `aud`, your App itself: what a third party was given with a user's consent is for the issuer; `exp`.
import express from "express";
import { createRemoteJWKSet, jwtVerify } from "jose";

const { FOYER_ISSUER: issuer, FOYER_APP_ID: audience, PORT = 3000 } = process.env;

// Fetched when first needed and kept for ten minutes. An unknown key id fetches again, at most every 30 seconds.
const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
const rules = { issuer, audience, typ: "at+jwt", algorithms: ["ES256", "RS256"], requiredClaims: ["sub", "exp"] };

// What the caller's token can be at fault for; that the keys cannot be fetched is not among it.
const REFUSED = /^ERR_(JW[ST]_|JWKS_NO_MATCHING_KEY|JOSE_(ALG_NOT_ALLOWED|NOT_SUPPORTED))/;

/** Puts the claims at `request.user`, or answers 401. */
export async function requireUser(request, response, next) {
  const [, token = ""] = /^Bearer +(\S+)$/i.exec(request.get("authorization") ?? "") ?? [];
  try {
    request.user = (await jwtVerify(token, keys, rules)).payload;
  } catch (error) {
    if (!REFUSED.test(error.code))
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
