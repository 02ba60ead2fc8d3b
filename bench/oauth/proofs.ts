/** What clients with keys sign: DPoP proofs (RFC 9449) and assertions (RFC 7523). Each works once. */
import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";
import { CLIENT_KEY } from "./registered";

interface DpopKey {
  privateKey: KeyObject;
  jwk: object;
}

/** As many clients take part, so that no side profits from a small set. */
const KEYS = 100;

let made: DpopKey[] | undefined;

function keys(): DpopKey[] {
  made ??= Array.from({ length: KEYS }, () => {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const { kty, crv, x, y } = publicKey.export({ format: "jwk" });
    return { privateKey, jwk: { kty, crv, x, y } };
  });
  return made;
}

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");

function signed(key: KeyObject, header: object, claims: object): string {
  const input = `${encode(header)}.${encode(claims)}`;
  const signature = sign("sha256", Buffer.from(input), { key, dsaEncoding: "ieee-p1363" });
  return `${input}.${signature.toString("base64url")}`;
}

const now = () => Math.floor(Date.now() / 1000);

/** A proof of the client with this number. */
export function dpopProof(client: number, method: string, url: string, accessToken?: string): string {
  const { privateKey, jwk } = keys()[client % KEYS] as DpopKey;
  const ath = accessToken && createHash("sha256").update(accessToken).digest("base64url");
  const claims = { jti: randomUUID(), htm: method, htu: url, iat: now(), ath };
  return signed(privateKey, { typ: "dpop+jwt", alg: "ES256", jwk }, claims);
}

export const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

export function clientAssertion(client: string, issuer: string): string {
  const claims = { iss: client, sub: client, aud: issuer, jti: randomUUID(), iat: now(), exp: now() + 300 };
  return signed(CLIENT_KEY, { alg: "ES256" }, claims);
}
