import { Secret, TOTP, URI } from "otpauth";
import { describe, expect, it } from "vitest";
import { matchingStep, newTotpSecret, otpauthUri } from "./code";

/** The secret of RFC 6238 Appendix B. */
const RFC_SECRET = Secret.fromUTF8("12345678901234567890").base32;
const AT = 1_764_565_200_000;
const STEP = AT / 30_000;

function codeAt(secret: string, step: number): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: step * 30_000 });
}

describe("TOTP (RFC 6238)", () => {
  // The last 6 of the 8 digits of Appendix B.
  it.each([
    [59, "287082", 1],
    [1_111_111_109, "081804", 37_037_036],
    [1_234_567_890, "005924", 41_152_263],
    [20_000_000_000, "353130", 666_666_666],
  ])("accepts the code of the standard's test vector at %s seconds", (seconds, code, step) => {
    expect(matchingStep(RFC_SECRET, code, seconds * 1000, null)).toBe(step);
  });

  it("accepts one step either way, and no further one", () => {
    const secret = newTotpSecret();
    const accepted = [-2, -1, 0, 1, 2].map((delta) => matchingStep(secret, codeAt(secret, STEP + delta), AT, null));
    expect(accepted).toEqual([null, STEP - 1, STEP, STEP + 1, null]);
  });

  it("never accepts the last step or an earlier one again", () => {
    const secret = newTotpSecret();
    const accepted = [-1, 0, 1].map((delta) => matchingStep(secret, codeAt(secret, STEP + delta), AT, STEP));
    expect(accepted).toEqual([null, null, STEP + 1]);
  });

  it.each(["", "12345", "1234567", "12345a", "-12345", " 12345", "1e5555", "0x1234"])("rejects %j", (code) => {
    expect(matchingStep(RFC_SECRET, code, AT, null)).toBeNull();
  });

  it("creates secrets of 160 bits, each another one", () => {
    const secrets = Array.from({ length: 50 }, newTotpSecret);
    expect(new Set(secrets).size).toBe(50);
    for (const secret of secrets) expect(Secret.fromBase32(secret).bytes).toHaveLength(20);
  });
});

describe("the otpauth URI", () => {
  it("names the app, the account and the secret", () => {
    const secret = newTotpSecret();
    const uri = otpauthUri(secret, "Blog & Shop", "bob+x@example.com");
    expect(uri).toMatch(/^otpauth:\/\/totp\/Blog%20%26%20Shop:bob%2Bx%40example\.com\?/);
    const read = URI.parse(uri) as TOTP;
    expect({ ...read, secret: read.secret.base32 }).toMatchObject({
      secret,
      issuer: "Blog & Shop",
      label: "bob+x@example.com",
      algorithm: "SHA1",
      digits: 6,
      period: 30,
    });
  });

  it("has one colon in its label, whatever the app is called", () => {
    const read = URI.parse(otpauthUri(newTotpSecret(), "Foo: Bar", "usr:1"));
    expect([read.issuer, read.label]).toEqual(["Foo Bar", "usr 1"]);
  });
});
