import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readVectors, someKey } from "@/test/support/client-keys";
import { importVerificationKey, publicJwkProblem } from "./public-jwk";

const ec = someKey("ES256").jwk;
const rsa = someKey("RS256").jwk;
const ed = someKey("EdDSA").jwk;
const modulus = (text: string | undefined) => Buffer.from(text ?? "", "base64url");

function changed(text: string | undefined, change: (bytes: Buffer) => void): string {
  const bytes = modulus(text);
  change(bytes);
  return bytes.toString("base64url");
}

const small = generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey.export({ format: "jwk" });

describe("a public key", () => {
  it.each([ec, rsa, ed])("of a supported type is accepted", (jwk) => {
    expect(publicJwkProblem(jwk)).toBeNull();
    expect(importVerificationKey(jwk)?.kid).toBe(jwk.kid);
  });

  it.each<[string, unknown, RegExp]>([
    ["that is no object", "key", /must be a JWK/],
    ["that is a list", [ec], /must be a JWK/],
    ["without kty", { ...ec, kty: undefined }, /kty/],
    ["that is symmetric", { kty: "oct", k: "AAAA" }, /symmetric/],
    ["with a private part of an EC key", { ...ec, d: ec.x }, /private/],
    ["with a private part of an RSA key", { ...rsa, qi: rsa.n }, /private/],
    ["with a null private part", { ...rsa, d: null }, /private/],
    ["with an RSA modulus of 1024 bits", small, /2048 bits/],
    [
      "with an RSA modulus of leading zeros",
      { ...rsa, n: changed(rsa.n, (bytes) => bytes.fill(0, 0, 128)) },
      /2048 bits/,
    ],
    ["with a modulus of 16384 bits", { ...rsa, n: Buffer.alloc(2048, 255).toString("base64url") }, /at most 8192/],
    ["with an even modulus", { ...rsa, n: changed(rsa.n, (bytes) => bytes.fill(0, 255)) }, /odd/],
    ["with the exponent 1", { ...rsa, e: "AQ" }, /exponent/],
    ["with an even exponent", { ...rsa, e: "BA" }, /exponent/],
    ["with a huge exponent", { ...rsa, e: rsa.n }, /exponent/],
    ["without a modulus", { ...rsa, n: undefined }, /n and e/],
    [
      "with a point that isn't on the curve",
      { ...ec, y: changed(ec.y, (bytes) => bytes.writeUInt8(bytes.readUInt8(31) ^ 1, 31)) },
      /point/,
    ],
    ["with a short coordinate", { ...ec, x: "AQ" }, /point/],
    [
      "with the point at infinity",
      { ...ec, x: Buffer.alloc(32).toString("base64url"), y: Buffer.alloc(32).toString("base64url") },
      /point/,
    ],
    ["with padding", { ...ec, x: `${ec.x}=` }, /point/],
    ["of Ed25519 with a short x", { ...ed, x: "AQ" }, /Ed25519/],
    ["of Ed25519 of small order", { ...ed, x: Buffer.alloc(32).toString("base64url") }, /Ed25519/],
    ["whose alg is for another type", { ...ec, alg: "RS256" }, /alg RS256/],
    ["with a number as kid", { ...ec, kid: 7 }, /kid/],
    ["with text as key_ops", { ...ec, key_ops: "verify" }, /key_ops/],
  ])("%s is rejected", (_, jwk, problem) => {
    expect(publicJwkProblem(JSON.parse(JSON.stringify(jwk)))).toMatch(problem);
    expect(importVerificationKey(JSON.parse(JSON.stringify(jwk)))).toBeNull();
  });

  it.each<[string, object]>([
    ["for encryption", { ...rsa, use: "enc", alg: "RSA-OAEP" }],
    ["for encryption, without alg", { ...ec, use: "enc", alg: undefined }],
    ["with key_ops for encryption", { ...rsa, key_ops: ["encrypt"] }],
    ["of another curve", generateKeyPairSync("ec", { namedCurve: "P-384" }).publicKey.export({ format: "jwk" })],
    ["of X25519", generateKeyPairSync("x25519").publicKey.export({ format: "jwk" })],
    ["with an unsupported alg", { ...rsa, alg: "RS512" }],
    ["of an unknown type", { kty: "AKP" }],
  ])("%s is no mistake, but verifies nothing", (_, jwk) => {
    expect(publicJwkProblem(jwk)).toBeNull();
    expect(importVerificationKey(jwk)).toBeNull();
  });

  it("verifies only with its own alg (RFC 7517 §4.4)", () => {
    expect(importVerificationKey({ ...rsa, alg: "PS256" })?.algs).toEqual(["PS256"]);
    expect(importVerificationKey({ ...rsa, alg: undefined })?.algs).toEqual(["RS256", "PS256"]);
  });
});

const groups = readVectors("key");

describe.skipIf(!groups)("the keys of Wycheproof (absent without ../shared/vectors)", () => {
  const bad = (groups ?? []).filter(({ tests }) => tests.every(({ result }) => result === "invalid"));
  it.each(bad.map((group) => [`${group.comment}: ${group.tests[0]?.comment}`, group] as const))(
    "%s: has a key that can't be registered, or none that verifies",
    (_, group) => {
      for (const { keys = [] } of [group.public ?? {}, group.private ?? {}] as { keys?: object[] }[]) {
        const usable = keys.filter((jwk) => importVerificationKey(jwk) !== null);
        expect(usable.length === 0 || keys.some((jwk) => publicJwkProblem(jwk) !== null)).toBe(true);
      }
    },
  );
  it("has the ROCA weakness where it says so", () => {
    const roca = groups?.find(({ comment }) => comment.includes("roca"));
    const { keys = [] } = (roca?.public ?? {}) as { keys?: object[] };
    const [key] = keys;
    expect(publicJwkProblem(key)).toMatch(/ROCA/);
  });
});
