// cspell:disable
import { describe, expect, it } from "vitest";
import { hashRecoveryCode, newRecoveryCode } from "./recovery-code";

const hash = (typed: string, userId = "usr_a", appId = "app_a") =>
  hashRecoveryCode(appId, userId, typed).toString("hex");

describe("recovery codes", () => {
  it("are 16 characters of Crockford's base 32 in groups of four, each another one", () => {
    const codes = Array.from({ length: 500 }, newRecoveryCode);
    for (const code of codes) expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}$/);
    expect(new Set(codes).size).toBe(500);
    // Every character of the alphabet occurs: 8,000 of 32 kinds.
    expect(new Set(codes.join("").replaceAll("-", "")).size).toBe(32);
  });

  it.each([
    ["as shown", "01ab-cdef-ghjk-mnpq"],
    ["in capitals", "01AB-CDEF-GHJK-MNPQ"],
    ["without hyphens", "01ABCDEFGHJKMNPQ"],
    ["with spaces", " 01AB CDEF  GHJK MNPQ\n"],
    ["with O for 0 and I for 1", "OIAB-CDEF-GHJK-MNPQ"],
    ["with o for 0 and l for 1", "olab-cdef-ghjk-mnpq"],
    ["with dashes of a word processor", "01AB–CDEF—GHJK−MNPQ".replace("−", "‑")],
    ["with fullwidth characters", "０１ＡＢ－ＣＤＥＦ－ＧＨＪＫ－ＭＮＰＱ"],
    ["with Arabic digits", "٠١AB-CDEF-GHJK-MNPQ"],
  ])("are read %s", (_, typed) => {
    expect(hash(typed)).toBe(hash("01ab-cdef-ghjk-mnpq"));
  });

  it("have another hash for another user and another app", () => {
    const code = newRecoveryCode();
    expect(new Set([hash(code), hash(code, "usr_b"), hash(code, "usr_a", "app_b")]).size).toBe(3);
  });
});
