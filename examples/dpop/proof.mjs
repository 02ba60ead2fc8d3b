// Prints a DPoP proof (RFC 9449) for one request. Needs nothing but Node.js.
//
//   node proof.mjs POST https://auth.example/o/app_…/token
//   node proof.mjs GET https://auth.example/o/app_…/userinfo eyJ…   (the access token)
//
// NONCE=… adds the nonce of a DPoP-Nonce header. The key is created at the first use and stored in
// DPOP_KEY, by default in the folder for temporary files.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [method, url, accessToken] = process.argv.slice(2);
if (!method || !url) throw new Error("Usage: node proof.mjs METHOD URL [ACCESS_TOKEN]");

const file = process.env.DPOP_KEY ?? join(tmpdir(), "foyer-dpop-key.pem");
if (!existsSync(file)) {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  writeFileSync(file, privateKey.export({ format: "pem", type: "pkcs8" }), { mode: 0o600 });
}
const key = createPrivateKey(readFileSync(file));

const encode = (part) => Buffer.from(JSON.stringify(part)).toString("base64url");
const { kty, crv, x, y } = createPublicKey(key).export({ format: "jwk" });

const header = { typ: "dpop+jwt", alg: "ES256", jwk: { kty, crv, x, y } };
const claims = {
  jti: randomUUID(),
  htm: method,
  htu: url,
  iat: Math.floor(Date.now() / 1000),
  // JSON omits undefined values.
  ath: accessToken && createHash("sha256").update(accessToken).digest("base64url"),
  nonce: process.env.NONCE,
};
const input = `${encode(header)}.${encode(claims)}`;
const signature = sign("sha256", Buffer.from(input), { key, dsaEncoding: "ieee-p1363" });
console.log(`${input}.${signature.toString("base64url")}`);
