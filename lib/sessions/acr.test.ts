import { describe, expect, it } from "vitest";
import { acrOf, satisfies, withFactor } from "./acr";

describe("acrOf", () => {
  it.each([
    [["pwd"], "1"],
    [["otp"], "1"],
    [["fed"], "1"],
    [["pwd", "otp", "mfa"], "2"],
    [["hwk", "user", "mfa"], "phr"],
    [["swk", "user", "mfa"], "phr"],
    [["pwd", "swk", "user", "mfa"], "phr"],
    // A key without user verification is one factor.
    [["hwk"], "1"],
    [[], "1"],
  ])("of %j is %s", (amr, acr) => expect(acrOf(amr)).toBe(acr));
});

describe("satisfies", () => {
  it.each([
    ["1", "1", true],
    ["1", "2", false],
    ["2", "1", true],
    ["2", "phr", false],
    ["phr", "2", true],
    [null, "1", true],
    [null, "2", false],
    ["phr", "urn:unknown", false],
  ])("%s for %s: %s", (reached, wanted, expected) => expect(satisfies(reached, wanted)).toBe(expected));
});

it("adds the second step's methods once", () => {
  expect(withFactor(["otp"], ["otp"])).toEqual(["otp", "mfa"]);
  expect(withFactor(["pwd"], ["otp", "mca"])).toEqual(["pwd", "otp", "mca", "mfa"]);
});
