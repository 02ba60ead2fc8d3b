import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { TEST_SECRET } from "@/test/support/environment";
import { setMasterKeys } from "@/test/support/master-keys";
import { repetitions } from "@/test/support/repetitions";
import { newAppId, newId } from "../ids";
import { isGenuine, parseRefreshToken, type RefreshFamily, writeRefreshToken } from "./token";

const APP = newAppId();
const FAMILY: RefreshFamily = { appId: APP, familyId: newId("ses"), clientId: APP, salt: Buffer.alloc(16, 1) };
const TOKEN = writeRefreshToken(FAMILY, 3);
const OLD = "1:the-old-secret-that-everything-was-made-under";
const NEW = "2:the-new-secret-that-stands-in-front-of-the-old";

function genuine(token: string, family = FAMILY): boolean {
  const parsed = parseRefreshToken(token);
  return parsed !== null && isGenuine(parsed, family);
}

afterEach(() => setMasterKeys(TEST_SECRET));

it("a refresh token is parsed into its original parts, and is genuine", () => {
  for (const counter of [0, 1, 9, 10, 999_999_999]) {
    const token = writeRefreshToken(FAMILY, counter);
    expect(parseRefreshToken(token)).toMatchObject({
      appId: APP,
      familyId: FAMILY.familyId,
      counter,
      salt: Buffer.alloc(16, 1),
      keyVersion: 1,
    });
    expect(genuine(token)).toBe(true);
  }
});

describe("isGenuine", () => {
  it.each<[string, Partial<RefreshFamily>]>([
    ["another app", { appId: newAppId() }],
    ["another client", { clientId: "cli_other" }],
  ])("rejects a token for a family with %s", (_, change) =>
    expect(genuine(TOKEN, { ...FAMILY, ...change })).toBe(false),
  );

  it.each([
    ["another app", (parts: string[]) => parts.with(1, "0123456789abcd")],
    ["another family", (parts: string[]) => parts.with(2, newId("ses"))],
    ["another counter", (parts: string[]) => parts.with(3, "4")],
    ["another key version", (parts: string[]) => parts.with(0, "fr1-2")],
    ["another salt", (parts: string[]) => parts.with(4, Buffer.alloc(16, 2).toString("base64url"))],
    [
      "the MAC of another counter",
      (parts: string[]) => parts.with(5, writeRefreshToken(FAMILY, 4).split(".")[5] ?? ""),
    ],
    [
      "the MAC of another salt",
      (parts: string[]) =>
        parts.with(5, writeRefreshToken({ ...FAMILY, salt: Buffer.alloc(16, 2) }, 3).split(".")[5] ?? ""),
    ],
  ])("rejects a token with %s", (_, change) => expect(genuine(change(TOKEN.split(".")).join("."))).toBe(false));

  it("rejects any change of a single character, so that a token has only one spelling", () =>
    fc.assert(
      fc.property(
        fc.nat(TOKEN.length - 1),
        fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 1 }),
        (index, character) => {
          fc.pre(TOKEN[index] !== character);
          expect(genuine(TOKEN.slice(0, index) + character + TOKEN.slice(index + 1))).toBe(false);
        },
      ),
      { numRuns: repetitions(3000) },
    ));

  it("rejects every other last character, because only four of its bits count", () => {
    for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") {
      const token = TOKEN.slice(0, -1) + character;
      expect(genuine(token)).toBe(token === TOKEN);
    }
  });
});

describe("parseRefreshToken", () => {
  it.each([
    ["an empty string", ""],
    ["an API key", "foyer_sk_01abcdefghijkl_abc"],
    ["a JWT", "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln"],
    ["a counter with leading zeros", TOKEN.replace(".3.", ".03.")],
    ["a version with leading zeros", TOKEN.replace("fr1-1", "fr1-01")],
    ["a negative counter", TOKEN.replace(".3.", ".-3.")],
    ["a counter beyond the integer range", TOKEN.replace(".3.", ".9999999999.")],
    ["a newline at the end", `${TOKEN}\n`],
    ["a leading space", ` ${TOKEN}`],
    ["base64 padding", `${TOKEN}=`],
    ["a longer MAC", `${TOKEN}A`],
    ["another format", TOKEN.replace("fr1", "fr2")],
    ["a salt of another length", writeRefreshToken({ ...FAMILY, salt: Buffer.alloc(15, 1) }, 3)],
    ["a missing salt", TOKEN.split(".").toSpliced(4, 1).join(".")],
    ["a NUL character", TOKEN.replace("ses_", "ses_\0")],
    ["a text of 100,000 characters", "a".repeat(100_000)],
  ])("rejects %s", (_, token) => expect(parseRefreshToken(token)).toBeNull());
});

describe("a new master key in first position", () => {
  it("keeps the tokens of the old key genuine, and signs new tokens", () => {
    setMasterKeys(OLD);
    const old = writeRefreshToken(FAMILY, 1);
    setMasterKeys(`${NEW},${OLD}`);
    expect(genuine(old)).toBe(true);
    expect(parseRefreshToken(writeRefreshToken(FAMILY, 1))?.keyVersion).toBe(2);
  });

  it("leaves the tokens of the old key invalid after the old key is removed", () => {
    setMasterKeys(OLD);
    const old = writeRefreshToken(FAMILY, 1);
    setMasterKeys(NEW);
    expect(genuine(old)).toBe(false);
  });
});
