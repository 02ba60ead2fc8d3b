import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OAuthError } from "./errors";
import { parseParameters, readParameters, required, requireUnrepeated } from "./parameters";

function errorOf(run: () => unknown): OAuthError {
  try {
    run();
  } catch (error) {
    return error as OAuthError;
  }
  return expect.fail("nothing was thrown");
}

describe("readParameters (RFC 6749 §3.1, §3.2)", () => {
  it("treats an empty parameter as absent", () => {
    const parameters = readParameters("state=&scope=openid&a");
    expect(parameters.get("state")).toBeUndefined();
    expect(parameters.get("a")).toBeUndefined();
    expect(parameters.names()).toEqual(["scope"]);
  });

  it.each(["state=a&state=b", "state=a&state=a", "state=a&x=y&%73tate=b", "token=1&token=2"])(
    "rejects the repeated parameter in %s as invalid_request",
    (text) => {
      const error = errorOf(() => readParameters(text));
      expect([error.code, error.status]).toEqual(["invalid_request", 400]);
      expect(error.description).toContain("twice");
    },
  );

  it("does not count an empty parameter beside a filled one as a repetition", () => {
    expect(readParameters("state=&state=b").get("state")).toBe("b");
  });

  it("accepts a repeated resource parameter (RFC 8707 §2)", () => {
    expect(readParameters("resource=https://a&resource=https://b").all("resource")).toEqual(["https://a", "https://b"]);
  });

  it("ignores the repetition of an unknown parameter", () => {
    expect(readParameters("utm_source=a&utm_source=b&State=1&State=2&scope=openid").get("scope")).toBe("openid");
  });

  it("reports the repetition later for requests whose client gets the error", () => {
    const parameters = parseParameters("client_id=a&state=1&state=2&x=1&x=2");
    expect(parameters.repeated).toEqual(["state"]);
    expect(() => requireUnrepeated(parameters, ["client_id"])).not.toThrow();
    expect(errorOf(() => requireUnrepeated(parameters)).description).toContain("state was sent twice");
  });

  it.each([
    ["NUL in a value", "state=a%00b"],
    ["NUL in a name", "sta%00te=b"],
    ["bytes that are not UTF-8", "state=%ff"],
    ["a truncated UTF-8 character", "state=%e2%98"],
    ["a value of 8193 characters", `state=${"x".repeat(8193)}`],
    ["a name of 101 characters", `${"x".repeat(101)}=1`],
    ["101 parameters", Array.from({ length: 101 }, (_, index) => `p${index}=1`).join("&")],
  ])("rejects %s as invalid_request", (_, text) => {
    const error = errorOf(() => readParameters(text));
    expect(error.code).toBe("invalid_request");
    expect(error.description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
  });

  it("returns every encoded value unchanged (property)", () => {
    const text = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 50 })
      .filter((value) => !/[\0\ufffd]/.test(value) && value.isWellFormed());
    fc.assert(
      fc.property(fc.dictionary(text, text, { maxKeys: 20, noNullPrototype: true }), (values) => {
        const parameters = readParameters(new URLSearchParams(values).toString());
        for (const [name, value] of Object.entries(values)) expect(parameters.get(name)).toBe(value);
        expect(parameters.names().length).toBe(Object.keys(values).length);
      }),
    );
  });

  it("either reads any text or throws an OAuthError (property)", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        try {
          readParameters(text);
        } catch (error) {
          expect((error as OAuthError).code).toBe("invalid_request");
        }
      }),
    );
  });

  it("treats the names of Object.prototype members as ordinary parameter names", () => {
    const parameters = readParameters("__proto__=a&constructor=b");
    expect(parameters.get("__proto__")).toBe("a");
    expect(parameters.get("toString")).toBeUndefined();
  });
});

it("the error for a missing parameter names the parameter and the RFC section", () => {
  const error = errorOf(() => required(readParameters("code="), "code", "RFC 6749 §4.1.3"));
  expect([error.code, error.description, error.oauth.section]).toEqual([
    "invalid_request",
    "The parameter code is missing",
    "RFC 6749 §4.1.3",
  ]);
});
