import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { PasskeysForm, PolicyForm } from "./inputs";

function problems(schema: z.ZodType, value: unknown) {
  const issues = schema.safeParse(value).error?.issues ?? [];
  return Object.fromEntries(issues.map((issue) => [issue.path.join("."), issue.message]));
}

describe("the policy form", () => {
  it("reads the checked methods in their order", () => {
    const sent = { mfa: "required", mfa_remember_days: "30", "mfa_methods:passkey": "on", "mfa_methods:totp": "on" };
    expect(PolicyForm.parse(sent)).toEqual({
      mfa: "required",
      mfa_methods: ["totp", "passkey"],
      mfa_remember_days: 30,
    });
  });

  it.each([
    [{ mfa: "optional", mfa_remember_days: "0" }, { mfa_methods: "must have at least one entry" }],
    [
      { mfa: "optional", mfa_remember_days: "366", "mfa_methods:totp": "on" },
      { mfa_remember_days: "must be between 0 and 365" },
    ],
  ])("rejects %j", (sent, expected) => expect(problems(PolicyForm, sent)).toEqual(expected));

  it("rejects an unknown policy", () => {
    expect(problems(PolicyForm, { mfa: "maybe", mfa_remember_days: "0", "mfa_methods:totp": "on" })).toHaveProperty(
      "mfa",
    );
  });
});

describe("the passkey form", () => {
  it("reads origins, one per line", () => {
    expect(
      PasskeysForm.parse({
        passkeys: "on",
        passkey_rp_id: " blog.example ",
        passkey_origins: "https://blog.example/\n\nhttps://www.blog.example:8443",
      }),
    ).toEqual({
      passkeys: true,
      passkey_rp_id: "blog.example",
      passkey_origins: ["https://blog.example", "https://www.blog.example:8443"],
    });
  });

  it("reads empty fields as Foyer's own host", () => {
    expect(PasskeysForm.parse({})).toEqual({ passkeys: false, passkey_rp_id: null, passkey_origins: [] });
  });

  it("names the line that is no origin", () => {
    expect(problems(PasskeysForm, { passkey_origins: "blog.example" })).toEqual({
      passkey_origins: "“blog.example” must be an origin, like https://example.com",
    });
  });
});
