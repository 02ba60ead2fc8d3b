// Signs as an OAuth client with its own key. Needs nothing but Node.js.
//
//   node sign.mjs keys                                  the public keys, for --jwks or a jwks_uri
//   node sign.mjs assertion CLIENT_ID ISSUER            a client assertion (RFC 7523), for one request
//   node sign.mjs request CLIENT_ID ISSUER NAME=VALUE…  a signed authorization request (RFC 9101)
//
// The key is created at the first use and stored in CLIENT_KEY, by default in the folder for temporary
// files.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [what, clientId, issuer, ...parameters] = process.argv.slice(2);

const file = process.env.CLIENT_KEY ?? join(tmpdir(), "foyer-client-key.pem");
if (!existsSync(file)) {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  writeFileSync(file, privateKey.export({ format: "pem", type: "pkcs8" }), { mode: 0o600 });
}
const key = createPrivateKey(readFileSync(file));
const { kty, crv, x, y } = createPublicKey(key).export({ format: "jwk" });
// RFC 7638: the thumbprint of the key.
const kid = createHash("sha256").update(JSON.stringify({ crv, kty, x, y })).digest("base64url");

function jwt(typ, claims) {
  const encode = (part) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const input = `${encode({ alg: "ES256", kid, typ })}.${encode({ iss: clientId, aud: issuer, ...claims })}`;
  return `${input}.${sign("sha256", Buffer.from(input), { key, dsaEncoding: "ieee-p1363" }).toString("base64url")}`;
}

const now = Math.floor(Date.now() / 1000);
if (what === "keys") console.log(JSON.stringify({ keys: [{ kty, crv, x, y, kid, alg: "ES256", use: "sig" }] }));
else if (what === "assertion") console.log(jwt("JWT", { sub: clientId, jti: randomUUID(), iat: now, exp: now + 60 }));
else if (what === "request") {
  const named = Object.fromEntries(new URLSearchParams(parameters.join("&")));
  console.log(jwt("oauth-authz-req+jwt", { client_id: clientId, nbf: now, exp: now + 300, ...named }));
} else throw new Error("Usage: node sign.mjs keys | assertion CLIENT_ID ISSUER | request CLIENT_ID ISSUER NAME=VALUE…");
