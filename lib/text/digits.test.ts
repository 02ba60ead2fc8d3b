import { describe, expect, it } from "vitest";
import { readDigits } from "./digits";

describe("readDigits", () => {
  it.each([
    ["012345", "012345"],
    [" 012 345 ", "012345"],
    ["012-345", "012345"],
    ["012\u2011345", "012345"],
    ["012\u00a0345\u200f", "012345"],
    ["０１２３４５", "012345"],
    ["０９８　７６５", "098765"],
    ["٠١٢٣٤٥", "012345"],
    ["۶۷۸۹۰۱", "678901"],
    ["०१२३४५", "012345"],
    ["๐๑๒๓๔๙", "012349"],
    ["𝟎𝟏𝟐𝟑𝟒𝟗", "012349"],
  ])("reads %j as %s", (typed, code) => expect(readDigits(typed)).toBe(code));

  it.each(["12a456", "", "½", "abc"])("makes no code of %j", (typed) =>
    expect(readDigits(typed)).not.toMatch(/^\d{6}$/),
  );
});
