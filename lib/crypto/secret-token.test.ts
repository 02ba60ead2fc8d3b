import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { repetitions } from "@/test/support/repetitions";
import { newAppId, TENANT_ZERO } from "../ids";
import { appIdOfSecretToken, newSecretToken, visiblePrefix } from "./secret-token";

const APP = newAppId();
const TOKEN = newSecretToken("foyer_sk", APP);

describe("newSecretToken", () => {
  it("has only letters and digits after its prefix, so that a double click selects all of it", () =>
    expect(TOKEN).toMatch(/^foyer_sk_[0-9a-z]{14}_[0-9A-Za-z]{49}$/));

  it("is different each time", () =>
    expect(new Set(Array.from({ length: 1000 }, () => newSecretToken("foyer_sk", APP).slice(-49))).size).toBe(1000));

  it.each([APP, TENANT_ZERO])("contains its app %s", (appId) =>
    expect(appIdOfSecretToken("foyer_sk", newSecretToken("foyer_sk", appId))).toBe(appId),
  );
});

describe("appOfSecretToken", () => {
  it("rejects a change of any single character", () => {
    const characters = [..."0129AZaz_-. \u00e4\ud800"];
    fc.assert(
      fc.property(
        fc.nat(TOKEN.length - 1),
        fc.oneof(fc.constantFrom(...characters), fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 1 })),
        (index, character) => {
          fc.pre(TOKEN[index] !== character);
          expect(appIdOfSecretToken("foyer_sk", TOKEN.slice(0, index) + character + TOKEN.slice(index + 1))).toBeNull();
        },
      ),
      { numRuns: repetitions(2000) },
    );
  });

  it("rejects two swapped characters", () => {
    for (let index = 0; index < TOKEN.length - 1; index++) {
      if (TOKEN[index] === TOKEN[index + 1]) continue;
      const swapped = TOKEN.slice(0, index) + TOKEN[index + 1] + TOKEN[index] + TOKEN.slice(index + 2);
      expect(appIdOfSecretToken("foyer_sk", swapped)).toBeNull();
    }
  });

  it("rejects a truncated and an extended token", () => {
    for (let length = 0; length < TOKEN.length; length++) {
      expect(appIdOfSecretToken("foyer_sk", TOKEN.slice(0, length))).toBeNull();
      expect(appIdOfSecretToken("foyer_sk", TOKEN.slice(length + 1))).toBeNull();
    }
    for (const more of ["0", "_", " ", "\n", "_x", `_${TOKEN}`])
      expect(appIdOfSecretToken("foyer_sk", TOKEN + more)).toBeNull();
  });

  it.each([
    ["a client's secret", newSecretToken("foyer_cs", APP)],
    ["upper case", TOKEN.toUpperCase()],
    ["another vendor's key", "sk_live_51H8abcdefghijklmnopqrstuvwxyz"],
    ["a JWT", "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln"],
    ["an empty string", ""],
    ["the prefix alone", "foyer_sk_"],
    ["a very long string", `foyer_sk_${"a".repeat(100_000)}`],
    ["a token without an app", TOKEN.replace(/_[0-9a-z]{14}_/, "__")],
  ])("rejects %s", (_, token) => expect(appIdOfSecretToken("foyer_sk", token)).toBeNull());
});

it("visiblePrefix shows kind, app and four characters", () => {
  expect(TOKEN.startsWith(visiblePrefix(TOKEN))).toBe(true);
  expect(visiblePrefix(TOKEN)).toMatch(/^foyer_sk_[0-9a-z]{14}_[0-9A-Za-z]{4}$/);
});
