import fc from "fast-check";
import { expect, it } from "vitest";
import { isOAuthError, OAuthError, oauthText } from "./errors";

const ALLOWED = /^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/;

it("an error description has only the characters of RFC 6749 §5.2 for any input (property)", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(oauthText(text)).toMatch(ALLOWED);
      expect(new OAuthError("invalid_request", text).description).toMatch(ALLOWED);
      expect(oauthText(text)).toHaveLength(text.length);
    }),
  );
});

it.each([
  ['say "code"', "say 'code'"],
  ["a\\b", "a'b"],
  ["a\r\nb\0", "a??b?"],
  ["ü…", "??"],
  ["plain text, as it is!", "plain text, as it is!"],
])("oauthText turns %j into %j", (text, expected) => expect(oauthText(text)).toBe(expected));

it.each([
  ["invalid_request", 400],
  ["invalid_client", 401],
  ["invalid_grant", 400],
  ["unauthorized_client", 400],
  ["unsupported_grant_type", 400],
  ["invalid_scope", 400],
  ["invalid_token", 401],
  ["insufficient_scope", 403],
] as const)("the error %s has the status %i (RFC 6749 §5.2, RFC 6750 §3.1)", (code, status) => {
  const error = new OAuthError(code, "x");
  expect(error.status).toBe(status);
  expect(isOAuthError(error)).toBe(true);
});
