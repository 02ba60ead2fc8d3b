import { afterEach, describe, expect, it } from "vitest";
import { TEST_SECRET } from "@/test/support/environment";
import { setMasterKeys } from "@/test/support/master-keys";
import { currentKeyVersion, deriveKey, MIN_SECRET_LENGTH, parseMasterKeys } from "./master-key";

const A = "a".repeat(MIN_SECRET_LENGTH);
const B = "b".repeat(MIN_SECRET_LENGTH);

afterEach(() => setMasterKeys(TEST_SECRET));

describe("parseMasterKeys", () => {
  it.each([
    ["gives a single secret version 1", A, [{ version: 1, secret: A }]],
    [
      "the newest stands first",
      `2:${A},1:${B}`,
      [
        { version: 2, secret: A },
        { version: 1, secret: B },
      ],
    ],
    [
      "spaces and newlines around are nothing",
      ` 2:${A} , 1:${B}\n`,
      [
        { version: 2, secret: A },
        { version: 1, secret: B },
      ],
    ],
    ["accepts a secret with colons", `1:${A}:${B}`, [{ version: 1, secret: `${A}:${B}` }]],
    ["reads letters before a colon as part of the secret", `x:${A}`, [{ version: 1, secret: `x:${A}` }]],
  ])("%s", (_, given, keys) => expect(parseMasterKeys(given)).toEqual(keys));

  it.each([
    ["empty", "", "at least 32 characters"],
    ["too short", "1:short-one", "version 1 is shorter"],
    ["too short in second place", `2:${A},1:short-one`, "version 1 is shorter"],
    ["with a trailing comma", `${A},`, "at least 32 characters"],
    ["one of two with the same version", `2:${A},2:${B}`, "same version"],
    ["one of two without a version", `${A},${B}`, "same version"],
    ["one of two spellings of a version", `2:${A},02:${B}`, "same version"],
  ])("rejects a secret that is %s, in a message without it", (_, given, reason) => {
    expect(() => parseMasterKeys(given)).toThrow(reason);
    expect(() => parseMasterKeys(given)).not.toThrow(/short-one|aaa|bbb/);
  });
});

describe("deriveKey (RFC 5869)", () => {
  it("returns 32 bytes per purpose, app and version", () => {
    setMasterKeys(`2:${A},1:${B}`);
    const keys = [
      deriveKey("seal", "app_one", 2),
      deriveKey("seal", "app_two", 2),
      deriveKey("refresh", "app_one", 2),
      deriveKey("seal", "app_one", 1),
      deriveKey("seal", "", 2),
    ];
    for (const key of keys) expect(key).toHaveLength(32);
    expect(new Set(keys.map((key) => key.toString("hex"))).size).toBe(keys.length);
    setMasterKeys(`2:${A},1:${B}`);
    expect(deriveKey("seal", "app_one", 2)).toEqual(keys[0]);
  });

  it("separates purpose and app", () => {
    setMasterKeys(A);
    expect(deriveKey("ab", "c")).not.toEqual(deriveKey("a", "bc"));
  });

  it("uses the first version by default, and rejects a missing one", () => {
    setMasterKeys(`7:${A},3:${B}`);
    expect(currentKeyVersion()).toBe(7);
    expect(deriveKey("seal")).toEqual(deriveKey("seal", "", 7));
    expect(() => deriveKey("seal", "", 1)).toThrow("no key of version 1");
    expect(() => deriveKey("seal", "", Number.NaN)).toThrow("no key of version");
  });
});
