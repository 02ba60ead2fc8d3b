import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { TEST_SECRET } from "@/test/support/environment";
import { setMasterKeys } from "@/test/support/master-keys";
import { keyVersionOf, seal, unseal } from "./seal";

const HERE = { appId: "app_one00", location: "SigningKey/k1" };
const PLAIN = "-----BEGIN PRIVATE KEY-----";
const OLD = "1:the-old-secret-that-everything-was-sealed-under";
const NEW = "2:the-new-secret-that-stands-in-front-of-the-old";

afterEach(() => setMasterKeys(TEST_SECRET));

describe("unseal", () => {
  it("returns the sealed text", () =>
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (plain) => {
        expect(unseal(seal(plain, HERE), HERE)).toBe(plain);
      }),
    ));

  it.each([
    ["another row", { ...HERE, location: "SigningKey/k2" }],
    ["another table", { ...HERE, location: "OAuthConfig/k1" }],
    ["another app", { ...HERE, appId: "app_two00" }],
    ["another split of the same text", { appId: "app_one00/SigningKey", location: "k1" }],
  ])("rejects a value that was moved to %s", (_, elsewhere) => {
    const sealed = seal(PLAIN, HERE);
    expect(() => unseal(sealed, elsewhere)).toThrow();
  });

  it("rejects a value if any byte was changed (NIST SP 800-38D)", () => {
    const [format, version, body = ""] = seal(PLAIN, HERE).split(".");
    const bytes = Buffer.from(body, "base64url");
    for (let index = 0; index < bytes.length; index++) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => unseal(`${format}.${version}.${changed.toString("base64url")}`, HERE)).toThrow();
    }
  });

  it("rejects a truncated value of any length", () => {
    const bytes = Buffer.from(seal(PLAIN, HERE).split(".")[2] ?? "", "base64url");
    for (let length = 0; length < bytes.length; length++) {
      expect(() => unseal(`s1.1.${bytes.subarray(0, length).toString("base64url")}`, HERE)).toThrow();
    }
  });

  it.each(["", "plain", "s1", "s1.1", "s1.1.", "s2.1.AAAA", "s1.x.AAAA", "s1.99.AAAA", `.1.${"A".repeat(60)}`])(
    "rejects %j and names the location",
    (sealed) => expect(() => unseal(sealed, HERE)).toThrow(/SigningKey\/k1|no key of version|IV|iv/),
  );
});

describe("with a new master key", () => {
  it("values of the old key stay readable, and new values use the new key", () => {
    setMasterKeys(OLD);
    const old = seal(PLAIN, HERE);
    setMasterKeys(`${NEW},${OLD}`);
    expect(unseal(old, HERE)).toBe(PLAIN);
    expect(keyVersionOf(old)).toBe(1);
    expect(keyVersionOf(seal(PLAIN, HERE))).toBe(2);
  });

  it("values of the old key are unreadable without it", () => {
    setMasterKeys(OLD);
    const old = seal(PLAIN, HERE);
    setMasterKeys(NEW);
    expect(() => unseal(old, HERE)).toThrow("no key of version 1");
  });

  it("values of the old key are unreadable if the new key has its version", () => {
    setMasterKeys(OLD);
    const old = seal(PLAIN, HERE);
    setMasterKeys(NEW.replace("2:", "1:"));
    expect(() => unseal(old, HERE)).toThrow();
  });
});

it("encrypts the same text differently each time", () => {
  const sealed = Array.from({ length: 50 }, () => seal(PLAIN, HERE));
  expect(new Set(sealed.map((value) => value.slice(0, 20))).size).toBe(50);
  for (const value of sealed)
    expect(Buffer.from(value.split(".")[2] ?? "", "base64url").toString()).not.toContain("PRIVATE");
});
