import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readVectors, signJws, someKey } from "@/test/support/client-keys";
import { isSignedByOneOf, parseJws, splitJws } from "./jws";
import { importVerificationKey, JWS_ALGS, type VerificationKey } from "./public-jwk";

const signature = readVectors("signature");
const crypto = readVectors("crypto");

function keysOf(jwk: object): VerificationKey[] {
  const all = "keys" in jwk ? (jwk.keys as object[]) : [jwk];
  return all.flatMap((one) => importVerificationKey(one) ?? []);
}

function verifies(text: string, jwk: object): boolean {
  const jws = splitJws(text);
  return typeof jws !== "string" && isSignedByOneOf(jws, keysOf(jwk));
}

/** Tests whose algorithm, key or verdict doesn't concern signatures of clients. */
const SUPPORTED = /"alg":"(ES256|RS256|PS256|EdDSA)"/;

function vectors(groups: NonNullable<typeof signature>) {
  return groups.flatMap((group) => {
    const key = (group.public ?? group.private) as Record<string, unknown>;
    // Some are in the JSON serialization, which no JWT has, and some are encrypted.
    const compact = group.tests.filter(({ jws }) => typeof jws === "string");
    return compact.map((one) => [`${group.comment} ${one.tcId}: ${one.comment}`, one, key] as const);
  });
}

describe.skipIf(!signature || !crypto)("the vectors of Wycheproof (absent without ../shared/vectors)", () => {
  const all = vectors([...(signature ?? []), ...(crypto ?? [])]);

  it("are as many as the files have", () => expect(all.length).toBeGreaterThan(300));

  it.each(all.filter(([, { result }]) => result === "invalid"))("rejects %s", (_, { jws }, key) => {
    expect(verifies(jws, key)).toBe(false);
  });

  const valid = all.filter(([, { result, jws }, { kty, alg, d }]) => {
    const header = Buffer.from(jws.split(".")[0] ?? "", "base64url").toString();
    return (
      result === "valid" &&
      kty !== "oct" &&
      !d &&
      SUPPORTED.test(header) &&
      `"alg":"${alg}"` === SUPPORTED.exec(header)?.[0]
    );
  });
  it("accepts the valid ones of the supported algorithms", () => {
    expect(valid.length).toBeGreaterThan(15);
    expect(valid.filter(([, { jws }, key]) => !verifies(jws, key)).map(([title]) => title)).toEqual([]);
  });
});

describe.each(JWS_ALGS)("a JWT signed with %s", (alg) => {
  const key = someKey(alg);
  const token = signJws(key, { hello: "world" });

  it("verifies with its key, and not with another one", () => {
    expect(verifies(token, key.jwk)).toBe(true);
    expect(verifies(token, someKey(alg, { kid: key.jwk.kid }).jwk)).toBe(false);
  });

  it("doesn't verify when any part of it changes", () => {
    const [header, payload, signed] = token.split(".");
    const other = signJws(key, { hello: "you" }).split(".");
    expect(verifies(`${header}.${other[1]}.${signed}`, key.jwk)).toBe(false);
    expect(verifies(`${header}.${payload}.${other[2]}`, key.jwk)).toBe(false);
    expect(verifies(`${header}.${payload}.`, key.jwk)).toBe(false);
  });

  it("doesn't verify with a key whose own alg is another one", () => {
    const others = JWS_ALGS.filter((one) => one !== alg);
    for (const other of others)
      expect(keysOf({ ...key.jwk, alg: other }).some(({ algs }) => algs.includes(alg))).toBe(false);
  });

  it("verifies with the right one of several keys that share a kid", () => {
    const twins = [someKey(alg, { kid: key.jwk.kid }), key].flatMap(({ jwk }) => keysOf(jwk));
    const jws = splitJws(token);
    expect(typeof jws !== "string" && isSignedByOneOf(jws, twins)).toBe(true);
  });

  it.each<[string, (token: string) => string]>([
    ["without a part", (text) => text.slice(0, text.lastIndexOf("."))],
    ["with a fourth part", (text) => `${text}.e30`],
    ["with padding", (text) => `${text}=`],
    ["with a space", (text) => ` ${text}`],
    ["with a line break", (text) => text.replace(".", ".\n")],
    ["with characters of plain base64", (text) => `${text}+/`],
  ])("is rejected %s", (_, change) => expect(typeof parseJws(change(token))).toBe("string"));
});

describe("a JWT", () => {
  const key = someKey("ES256");
  const payload = { hello: "world" };

  it.each([
    ["alg none", { alg: "none" }],
    ["no alg", { alg: undefined }],
    ["alg HS256", { alg: "HS256" }],
    ["alg ES512", { alg: "ES512" }],
    ["alg in lower case", { alg: "es256" }],
    ["alg as a list", { alg: ["ES256"] }],
    ["crit", { crit: ["exp"], exp: 1 }],
    ["an unencoded payload", { b64: false }],
    ["a number as kid", { kid: 7 }],
  ])("is rejected with %s", (_, header) => expect(typeof parseJws(signJws(key, payload, header))).toBe("string"));

  it("isn't verified by a key in its own header", () => {
    const { jwk } = someKey("ES256", { kid: key.jwk.kid });
    expect(verifies(signJws(key, payload, { jwk: key.jwk }), jwk)).toBe(false);
  });

  it("isn't verified by a public key as the secret of HS256", () => {
    const input = signJws(key, payload, { alg: "HS256" }).replace(/\.[^.]*$/, "");
    const mac = createHmac("sha256", JSON.stringify(key.jwk)).update(input).digest("base64url");
    expect(verifies(`${input}.${mac}`, key.jwk)).toBe(false);
  });

  it.each(["0", "1", "null", '"text"', "[]", "{", "\xff"])("is rejected with the payload %s", (text) => {
    const [header, , signed] = signJws(key, payload).split(".");
    expect(typeof parseJws(`${header}.${Buffer.from(text, "latin1").toString("base64url")}.${signed}`)).toBe("string");
  });

  it("may name the algorithm Ed25519 (RFC 9864)", () => {
    const ed = someKey("EdDSA", { alg: "Ed25519" });
    expect(verifies(signJws(ed, payload, { alg: "Ed25519" }), ed.jwk)).toBe(true);
  });
});
