/** A client's DPoP key and its proofs (RFC 9449 §4.2), right ones and wrong ones. */
import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";
import { nowSeconds } from "@/lib/clock";
import { TEST_PUBLIC_URL } from "./environment";

export interface DpopKey {
  alg: string;
  privateKey: KeyObject;
  jwk: Record<string, unknown>;
  /** RFC 7638 */
  jkt: string;
}

const MEMBERS: Record<string, string[]> = {
  EC: ["crv", "kty", "x", "y"],
  RSA: ["e", "kty", "n"],
  OKP: ["crv", "kty", "x"],
};

function keyPair(alg: string, bits: number): { publicKey: KeyObject; privateKey: KeyObject } {
  if (alg.startsWith("ES")) {
    const namedCurve = { ES256: "P-256", ES384: "P-384", ES512: "P-521" }[alg] ?? "secp256k1";
    return generateKeyPairSync("ec", { namedCurve });
  }
  return alg.startsWith("Ed") ? generateKeyPairSync("ed25519") : generateKeyPairSync("rsa", { modulusLength: bits });
}

export function someDpopKey(alg = "ES256", bits = 2048): DpopKey {
  const { publicKey, privateKey } = keyPair(alg, bits);
  const jwk = publicKey.export({ format: "jwk" }) as Record<string, unknown>;
  const members = Object.fromEntries((MEMBERS[String(jwk.kty)] ?? []).map((name) => [name, jwk[name]]));
  return { alg, privateKey, jwk, jkt: createHash("sha256").update(JSON.stringify(members)).digest("base64url") };
}

export function encodePart(part: unknown): string {
  return Buffer.from(typeof part === "string" ? part : JSON.stringify(part)).toString("base64url");
}

export function signInput({ alg, privateKey }: Pick<DpopKey, "alg" | "privateKey">, input: string): Buffer {
  const hash = alg.startsWith("Ed") ? null : `sha${alg.slice(2)}`;
  const pss = alg.startsWith("PS") ? { padding: 6, saltLength: -1 } : {};
  return sign(hash, Buffer.from(input), { key: privateKey, dsaEncoding: "ieee-p1363", ...pss });
}

export interface ProofOptions {
  method?: string;
  accessToken?: string;
  nonce?: string;
  /** Replaces claims; undefined removes one. */
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
}

/** A proof for a path under PUBLIC_URL, or for a whole URL. */
export function proofFor(key: DpopKey, target: string, options: ProofOptions = {}): string {
  const { method = "POST", accessToken, nonce, claims, header } = options;
  const head = encodePart({ typ: "dpop+jwt", alg: key.alg, jwk: key.jwk, ...header });
  const body = encodePart({
    jti: randomUUID(),
    htm: method,
    htu: new URL(target, TEST_PUBLIC_URL).href,
    iat: nowSeconds(),
    ath: accessToken && createHash("sha256").update(accessToken).digest("base64url"),
    nonce,
    ...claims,
  });
  return `${head}.${body}.${signInput(key, `${head}.${body}`).toString("base64url")}`;
}
