import { createHmac } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { freezeClock, now } from "@/lib/clock";
import { JWS_ALGS } from "@/lib/crypto/public-jwk";
import { type DpopKey, encodePart, type ProofOptions, proofFor, signInput, someDpopKey } from "@/test/support/dpop";
import { thumbprint } from "./header";
import { verifyProof } from "./proof";

const URL_CALLED = "http://localhost:8000/o/app_x/token";
const REQUEST = { method: "POST", url: URL_CALLED };
const key = someDpopKey();
const rsa = someDpopKey("PS256");

afterEach(() => freezeClock(null));

const check = (text: string, request = REQUEST) => verifyProof(text, request);
const proof = (options: ProofOptions = {}, by: DpopKey = key) => proofFor(by, URL_CALLED, options);
const parts = (text: string) => text.split(".") as [string, string, string];

describe("a DPoP proof (RFC 9449 §4.3)", () => {
  it.each([...JWS_ALGS, "Ed25519"])("is accepted with %s, and names the thumbprint of its key", (alg) => {
    const one = someDpopKey(alg);
    expect(check(proof({ nonce: "n" }, one))).toMatchObject({ jkt: one.jkt, nonce: "n" });
  });

  it("has the thumbprint of RFC 7638 §3.1", () => {
    const n =
      "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
    const jwk = { kty: "RSA", e: "AQAB", n, alg: "RS256", kid: "2011-04-29" };
    expect(thumbprint(jwk)).toBe("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
  });

  it.each([-60, 0, 60])("is accepted %i seconds from Foyer's time", (seconds) => {
    freezeClock(now());
    const iat = Math.floor(now().getTime() / 1000) + seconds;
    expect(check(proof({ claims: { iat } })).issuedAt).toBe(iat);
  });

  it.each([
    ["iat 61 seconds old", { iat: Math.floor(Date.now() / 1000) - 62 }],
    ["iat 61 seconds ahead", { iat: Math.floor(Date.now() / 1000) + 70 }],
    ["no iat", { iat: undefined }],
    ["iat as text", { iat: String(Math.floor(Date.now() / 1000)) }],
    ["an iat of null", { iat: null }],
    ["an exp that has passed", { exp: Math.floor(Date.now() / 1000) - 1 }],
    ["an exp as text", { exp: "tomorrow" }],
    ["an nbf in the future", { nbf: Math.floor(Date.now() / 1000) + 600 }],
    ["no jti", { jti: undefined }],
    ["an empty jti", { jti: "" }],
    ["a numeric jti", { jti: 7 }],
    ["a jti of 257 characters", { jti: "j".repeat(257) }],
    ["no htm", { htm: undefined }],
    ["another htm", { htm: "GET" }],
    ["htm in lowercase", { htm: "post" }],
    ["htm as a list", { htm: ["POST"] }],
    ["no htu", { htu: undefined }],
    ["htu as a list", { htu: [URL_CALLED] }],
    ["a numeric nonce", { nonce: 7 }],
  ])("is rejected with %s", (_, claims) => {
    expect(() => check(proof({ claims }))).toThrow(
      expect.objectContaining({ code: "invalid_dpop_proof", status: 400 }),
    );
  });

  it("is rejected with an ath of another token, without one, and accepted with the right one", () => {
    const request = { method: "GET", url: URL_CALLED, accessToken: "the-token" };
    const sent = (accessToken?: string) => proof({ method: "GET", accessToken });
    expect(check(sent("the-token"), request).jkt).toBe(key.jkt);
    expect(() => check(sent("another"), request)).toThrow("must have an ath");
    expect(() => check(sent(), request)).toThrow("must have an ath");
  });
});

describe("the header of a DPoP proof", () => {
  const hmac = (head: object) => {
    const input = `${encodePart(head)}.${parts(proof())[1]}`;
    return `${input}.${createHmac("sha256", JSON.stringify(key.jwk)).update(input).digest("base64url")}`;
  };
  const { y: _, ...withoutY } = key.jwk;

  it.each<[string, Record<string, unknown>]>([
    ["no typ", { typ: undefined }],
    ["typ JWT", { typ: "JWT" }],
    ["alg none", { alg: "none" }],
    ["no alg", { alg: undefined }],
    ["an alg of another curve", { alg: "ES384" }],
    ["an alg of another key type", { alg: "RS256" }],
    ["an alg in lowercase", { alg: "es256" }],
    ["alg as a list", { alg: ["ES256"] }],
    ["an alg that is a property of every object", { alg: "constructor" }],
    ["a crit header", { crit: ["exp"] }],
    ["an empty crit header", { crit: [] }],
    ["no jwk", { jwk: undefined }],
    ["a jwk of null", { jwk: null }],
    ["a jwk as text", { jwk: "key" }],
    ["a jwk as a list", { jwk: [key.jwk] }],
    ["a private jwk", { jwk: key.privateKey.export({ format: "jwk" }) }],
    ["a private part that is empty", { jwk: { ...key.jwk, d: "" } }],
    ["a symmetric jwk", { jwk: { kty: "oct", k: encodePart("secret") } }],
    ["a jwk of an unknown type", { jwk: { ...key.jwk, kty: "AKP" } }],
    ["a jwk of a type that is a property of every object", { jwk: { ...key.jwk, kty: "toString" } }],
    ["a jwk without y", { jwk: withoutY }],
    ["an x that isn't text", { jwk: { ...key.jwk, x: 7 } }],
    ["an x with padding", { jwk: { ...key.jwk, x: `${key.jwk.x}=` } }],
    ["a point that isn't on the curve", { jwk: { ...key.jwk, y: encodePart("0".repeat(32)) } }],
    ["a point of zeros", { jwk: { ...key.jwk, x: "A".repeat(43), y: "A".repeat(43) } }],
    ["a key of another curve", { jwk: someDpopKey("ES384").jwk }],
    ["a key of the curve secp256k1", { jwk: someDpopKey("ES256K").jwk }],
    ["another key", { jwk: someDpopKey().jwk }],
    ["a key for encryption", { jwk: { ...key.jwk, use: "enc" } }],
    ["a key for signing only", { jwk: { ...key.jwk, key_ops: ["sign"] } }],
    ["key_ops as text", { jwk: { ...key.jwk, key_ops: "verify" } }],
    ["a key for another algorithm", { jwk: { ...key.jwk, alg: "ES512" } }],
  ])("is rejected with %s", (_name, header) => {
    expect(() => check(proof({ header }))).toThrow(expect.objectContaining({ code: "invalid_dpop_proof" }));
  });

  it.each([
    ["1024 bits", someDpopKey("RS256", 1024).jwk],
    ["more than 8192 bits", { ...rsa.jwk, n: Buffer.alloc(1025, 255).toString("base64url") }],
    ["an exponent of 1", { ...rsa.jwk, e: "AQ" }],
    ["an even exponent", { ...rsa.jwk, e: "Ag" }],
    ["an empty exponent", { ...rsa.jwk, e: "" }],
    ["a long exponent", { ...rsa.jwk, e: Buffer.alloc(300, 255).toString("base64url") }],
  ])("is rejected with an RSA key with %s", (_name, jwk) => {
    expect(() => check(proof({ header: { jwk } }, rsa))).toThrow("a key that is not accepted");
  });

  it("is rejected with HMAC by the public key (RFC 8725 §2.1)", () => {
    expect(() => check(hmac({ typ: "dpop+jwt", alg: "HS256", jwk: key.jwk }))).toThrow("must be signed with");
    expect(() => check(hmac({ typ: "dpop+jwt", alg: "ES256", jwk: key.jwk }))).toThrow("wrong signature");
  });

  it("may say that its key verifies signatures", () => {
    expect(check(proof({ header: { jwk: { ...key.jwk, use: "sig", key_ops: ["verify"], alg: "ES256" } } })).jkt).toBe(
      key.jkt,
    );
  });
});

describe("the serialization of a DPoP proof (RFC 7515 §7.1)", () => {
  const valid = proof();
  const [head, body, signature] = parts(valid);
  const size = 32;
  const order = Buffer.from("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", "hex");
  const zero = Buffer.alloc(size);
  const one = Buffer.concat([Buffer.alloc(size - 1), Buffer.from([1])]);
  const pairs = [zero, one, order].flatMap((r) => [zero, one, order].map((s) => Buffer.concat([r, s])));
  const raw = Buffer.from(signature, "base64url");

  it.each([
    ["nothing", ""],
    ["one part", head],
    ["two parts", `${head}.${body}`],
    ["an empty signature", `${head}.${body}.`],
    ["an empty payload", `${head}..${signature}`],
    ["an empty header", `.${body}.${signature}`],
    ["a fourth part", `${valid}.`],
    ["a space", `${head}.${body}. ${signature}`],
    ["padding", `${valid}==`],
    ["a changed signature", `${head}.${body}.${signature.slice(0, -2)}AA`],
    ["a changed payload", `${head}.${encodePart({ jti: "x" })}.${signature}`],
    ["a payload that isn't an object", proofOf("[]")],
    ["a payload of null", proofOf("null")],
    ["a payload that isn't JSON", proofOf("{")],
    ["a signature that is too long", `${head}.${body}.${Buffer.concat([raw, zero]).toString("base64url")}`],
    [
      "a signature with a trailing zero",
      `${head}.${body}.${Buffer.concat([raw, Buffer.alloc(1)]).toString("base64url")}`,
    ],
    ["more than 8192 characters", proof({ claims: { more: "m".repeat(9000) } })],
    ["two proofs", `${valid}, ${proof()}`],
    ["the JSON serialization", JSON.stringify({ protected: head, payload: body, signature })],
    ...pairs.map((pair, index) => [`r and s of 0, 1 or n (${index})`, `${head}.${body}.${pair.toString("base64url")}`]),
  ])("is rejected with %s", (_, text) => {
    expect(() => check(text as string)).toThrow(expect.objectContaining({ code: "invalid_dpop_proof" }));
  });

  it("has one encoding: bits that don't count must be zero", () => {
    const last = signature.at(-1) ?? "";
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const other = alphabet[alphabet.indexOf(last) ^ 1];
    expect(() => check(`${head}.${body}.${signature.slice(0, -1)}${other}`)).toThrow("must be a signed JWT");
  });

  function proofOf(payload: string): string {
    const input = `${parts(proof())[0]}.${encodePart(payload)}`;
    return `${input}.${signInput(key, input).toString("base64url")}`;
  }
});

describe("the target of a DPoP proof (htu)", () => {
  const accepts = (htu: string, url = URL_CALLED) => {
    try {
      return check(proof({ claims: { htu } }), { method: "POST", url }).jkt === key.jkt;
    } catch {
      return false;
    }
  };

  it.each([
    URL_CALLED,
    `${URL_CALLED}/`,
    `${URL_CALLED}?a=b`,
    `${URL_CALLED}#part`,
    "HTTP://LOCALHOST:8000/o/app_x/token",
    "http://localhost:8000/o/./app_x/x/../token",
    "http://localhost:8000/o/app%5Fx/t%6Fken",
  ])("may be %s", (htu) => expect(accepts(htu)).toBe(true));

  it.each([
    "http://localhost:8000/o/app_x/TOKEN",
    "http://localhost:8000/o/token",
    "http://localhost:8000/o/app_x/token//",
    "http://localhost:8000/o/app_x%2Ftoken",
    "http://localhost/o/app_x/token",
    "http://localhost:8001/o/app_x/token",
    "https://localhost:8000/o/app_x/token",
    "http://user@localhost:8000/o/app_x/token",
    "http://localhost.:8000/o/app_x/token",
    "/o/app_x/token",
    "http:\\\\localhost:8000\\o\\app_x\\token",
    "http://localhost:8000/o/app_x/tok\ten",
    " http://localhost:8000/o/app_x/token",
    "http://localhost:8000/o/app_x/token\u0000",
    "",
  ])("must not be %j", (htu) => expect(accepts(htu)).toBe(false));

  it("knows the default port of https", () => {
    expect(accepts("https://auth.example:443/o/token", "https://auth.example/o/token")).toBe(true);
  });
});
