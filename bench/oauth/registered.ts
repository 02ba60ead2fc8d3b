/** The clients of the comparison, in oidc-provider's format. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";

export const RESOURCE = "https://photos.example";
export const REDIRECT_URI = "https://rp.example/cb";
export const SECRET = "a-secret-of-the-bench-that-guards-nothing";

/**
 * Used by both sides. `ID_TOKEN_ALG=ES256 npm run bench` shows an exchange without the RSA
 * signature.
 */
export const ID_TOKEN_ALG = process.env.ID_TOKEN_ALG ?? "RS256";

/** The key of the clients with `private_key_jwt`. Both processes need the same one. */
export const CLIENT_KEY = process.env.BENCH_CLIENT_KEY
  ? createPrivateKey(process.env.BENCH_CLIENT_KEY)
  : generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
export const CLIENT_JWKS = { keys: [{ ...createPublicKey(CLIENT_KEY).export({ format: "jwk" }), alg: "ES256" }] };

export const DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

const code = {
  redirect_uris: [REDIRECT_URI],
  grant_types: ["authorization_code", "refresh_token"],
  id_token_signed_response_alg: ID_TOKEN_ALG,
};

export const CLIENTS = [
  { ...code, client_id: "web", client_secret: SECRET },
  { ...code, client_id: "opaque", client_secret: SECRET },
  { ...code, client_id: "spa", token_endpoint_auth_method: "none" },
  {
    client_id: "machine",
    client_secret: SECRET,
    redirect_uris: [],
    response_types: [],
    grant_types: ["client_credentials"],
    scope: "photos:read",
  },
  {
    client_id: "keys",
    token_endpoint_auth_method: "private_key_jwt",
    jwks: CLIENT_JWKS,
    redirect_uris: [],
    response_types: [],
    grant_types: ["client_credentials"],
    scope: "photos:read",
  },
  { client_id: "device", client_secret: SECRET, redirect_uris: [], response_types: [], grant_types: [DEVICE_GRANT] },
];

/** The PKCE challenge of each code (RFC 7636). */
export const VERIFIER = "a-verifier-of-the-bench-that-is-long-enough-0123";
export const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");
