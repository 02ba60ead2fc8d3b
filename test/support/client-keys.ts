/** Keys of OAuth clients, and what clients sign with them: assertions and request objects. */
import {
  constants,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  randomUUID,
  sign as signBytes,
} from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { nowSeconds } from "@/lib/clock";
import type { JwsAlg } from "@/lib/crypto/public-jwk";
import type { ClientInput } from "@/lib/oauth/clients/inputs";
import type { TestApp } from "./factories";
import { authorizeFields, send, someClient, type TestClient } from "./oauth";

export interface TestKey {
  alg: JwsAlg;
  privateKey: KeyObject;
  /** The public key, with `kid`, `alg` and `use`. */
  jwk: JsonWebKey & { kid: string };
}

const generators: Record<JwsAlg, () => { publicKey: KeyObject; privateKey: KeyObject }> = {
  ES256: () => generateKeyPairSync("ec", { namedCurve: "P-256" }),
  EdDSA: () => generateKeyPairSync("ed25519"),
  RS256: () => generateKeyPairSync("rsa", { modulusLength: 2048 }),
  PS256: () => generateKeyPairSync("rsa", { modulusLength: 2048 }),
};

export function someKey(alg: JwsAlg = "ES256", members: object = {}): TestKey {
  const { publicKey, privateKey } = generators[alg]();
  const jwk = { ...publicKey.export({ format: "jwk" }), kid: randomUUID(), alg, use: "sig", ...members };
  return { alg, privateKey, jwk };
}

const encode = (part: unknown) =>
  (typeof part === "string" ? Buffer.from(part) : Buffer.from(JSON.stringify(part))).toString("base64url");

/** Signs with the key's algorithm; `header` replaces members, undefined removes one. */
export function signJws({ alg, privateKey, jwk }: TestKey, payload: object, header: object = {}): string {
  const input = `${encode({ alg, kid: jwk.kid, ...header })}.${encode(payload)}`;
  const bytes = Buffer.from(input);
  const options = {
    ES256: { key: privateKey, dsaEncoding: "ieee-p1363" as const },
    RS256: privateKey,
    PS256: { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 },
    EdDSA: privateKey,
  }[alg];
  return `${input}.${signBytes(alg === "EdDSA" ? null : "sha256", bytes, options).toString("base64url")}`;
}

export interface KeyClient extends TestClient {
  key: TestKey;
}

export const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

export async function someKeyClient(
  app: TestApp,
  input: Partial<ClientInput> = {},
  key = someKey(),
): Promise<KeyClient> {
  const client = await someClient(app, {
    token_endpoint_auth_method: "private_key_jwt",
    grant_types: ["authorization_code", "refresh_token", "client_credentials"],
    ...(input.jwks_uri ? {} : { jwks: { keys: [key.jwk] } }),
    ...input,
  });
  return { ...client, key };
}

/** The claims of a valid assertion; `changes` replace members, undefined removes one. */
export function assertionClaims(client: TestClient, changes: object = {}): object {
  const times = { iat: nowSeconds(), exp: nowSeconds() + 60 };
  return { iss: client.id, sub: client.id, aud: client.app.issuer, jti: randomUUID(), ...times, ...changes };
}

export function assertion(client: KeyClient, changes: object = {}, header: object = {}): string {
  return signJws(client.key, assertionClaims(client, changes), header);
}

export function withAssertion(client_assertion: string) {
  return { client_assertion_type: ASSERTION_TYPE, client_assertion };
}

type Form = Record<string, string | string[] | undefined>;

/** POST to an endpoint of the client's issuer, with an assertion. */
export function postSigned(client: KeyClient, endpoint: string, form: Form, jwt = assertion(client)) {
  return send(`/o/${client.app.id}/${endpoint}`, { form: { ...withAssertion(jwt), ...form } });
}

/** The claims of a valid request object. */
export function requestClaims(client: TestClient, changes: object = {}): object {
  const times = { nbf: nowSeconds(), exp: nowSeconds() + 300 };
  return { ...authorizeFields(client), iss: client.id, aud: client.app.issuer, ...times, ...changes };
}

export function requestObject(client: KeyClient, changes: object = {}, header: object = {}): string {
  return signJws(client.key, requestClaims(client, changes), { typ: "oauth-authz-req+jwt", ...header });
}

export interface VectorGroup {
  comment: string;
  private?: JsonWebKey;
  public?: JsonWebKey;
  tests: { tcId: number; comment: string; jws: string; result: "valid" | "invalid" | "acceptable"; flags: string[] }[];
}

/** The JOSE files of C2SP/wycheproof, which only some checkouts have beside them. null without them. */
export function readVectors(name: "signature" | "key" | "crypto"): VectorGroup[] | null {
  const file = join(process.cwd(), `../shared/vectors/json_web_${name}_test.json`);
  const beside = [file, join(process.cwd(), `../../shared/vectors/json_web_${name}_test.json`)].find(existsSync);
  return beside ? (JSON.parse(readFileSync(beside, "utf8")) as { testGroups: VectorGroup[] }).testGroups : null;
}
