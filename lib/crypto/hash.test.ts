import { describe, expect, it } from "vitest";
import { equalBytes, equalText, hmacSha256, randomSecret, sha256 } from "./hash";

it("sha256 returns the digest of FIPS 180-4's example", () =>
  expect(sha256("abc").toString("hex")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));

it("hmacSha256 returns the tag of RFC 4231's test case 2", () =>
  expect(hmacSha256(Buffer.from("Jefe"), "what do ya want for nothing?").toString("hex")).toBe(
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  ));

describe("comparison", () => {
  it.each([
    ["", "", true],
    ["abc", "abc", true],
    ["abc", "abd", false],
    ["abc", "abcd", false],
    ["abc", "", false],
    ["ä", "a\u0308", false],
  ])("of %j and %j is %s", (a, b, equal) => {
    expect(equalText(a, b)).toBe(equal);
    expect(equalBytes(Buffer.from(a), Buffer.from(b))).toBe(equal);
  });
});

it("randomSecret returns 256 new bits as base64url", () => {
  const secrets = Array.from({ length: 100 }, randomSecret);
  for (const secret of secrets) expect(secret).toMatch(/^[\w-]{43}$/);
  expect(new Set(secrets).size).toBe(100);
});
