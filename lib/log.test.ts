import { describe, expect, it } from "vitest";
import { redact } from "./log";

describe("redact", () => {
  it.each([
    ["an email address", "no user bob.smith+x@example.com here", "bob.smith"],
    [
      "an address in a driver's message",
      'Key ("appId", "emailCanonical")=(app_x, bob@example.com) already exists',
      "bob@",
    ],
    ["the password of a database URL", "cannot reach postgres://foyer:hunter2@db.example.com:5432/foyer", "hunter2"],
    ["an API key", "key foyer_sk_01abcdefghijkl_abcDEF123 refused", "abcDEF123"],
    ["a client secret", "secret foyer_cs_01abcdefghijkl_abcDEF123 refused", "abcDEF123"],
    ["a JWT", "got eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl", "eyJzdWIiOiJ4In0"],
    [
      "a refresh token",
      "replayed fr1-1.01abcdefghijkl.ses_01abcdefghjkmnpqrstvwxyz01.3.AbCd.abc-DEF_123",
      "abc-DEF_123",
    ],
    ["an unsigned JWT", "got eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.", "eyJzdWIiOiJ4In0"],
  ])("removes %s from a message", (_, text, secret) => {
    expect(text).toContain(secret);
    expect(redact(text)).not.toContain(secret);
  });

  it("keeps other text", () => {
    const sentence = "App app_01abc has no active ES256 key (attempt 3 of 5)";
    expect(redact(sentence)).toBe(sentence);
  });
});
