import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { BotCheckForm, NoticesForm, PasswordsForm, SenderForm, SignUpForm } from "./inputs";

function problems(schema: z.ZodType, value: unknown) {
  const issues = schema.safeParse(value).error?.issues ?? [];
  return Object.fromEntries(issues.map((issue) => [issue.path.join("."), issue.message]));
}

describe("the sign-up form", () => {
  const sent = { signups: "open" };

  it("normalizes domains to their ASCII form", () => {
    const allowed_email_domains = " Example.COM\r\n@b\u00fccher.example\n\n";
    expect(SignUpForm.parse({ ...sent, allowed_email_domains, require_verified_email: "on" })).toEqual({
      signups: "open",
      allowed_email_domains: ["example.com", "xn--bcher-kva.example"],
      require_verified_email: true,
    });
  });

  it("reports the line that is not a domain", () => {
    expect(problems(SignUpForm, { ...sent, allowed_email_domains: "a b" })).toEqual({
      allowed_email_domains: "“a b” is not a domain; use the form example.com",
    });
  });
});

describe("the password form", () => {
  it("reads an unchecked box as off", () => {
    expect(PasswordsForm.parse({ shortest: "10" })).toEqual({
      methods: { password: false },
      password_minimum_bytes: 10,
      breached_passwords: false,
      verify_email_on_signup: false,
    });
  });

  it("rejects a length outside the limits", () => {
    expect(problems(PasswordsForm, { shortest: "7" })).toEqual({ shortest: "must be between 8 and 64" });
  });
});

describe("the sender form", () => {
  it("uses the app's name when empty", () => {
    expect(SenderForm.parse({ delivery: "code" })).toEqual({ mail_from_name: null, delivery: "code" });
  });

  it.each(['Bob" <evil@example.com>', "a\r\nBcc: evil@example.com"])("rejects %j", (mail_from_name) => {
    expect(problems(SenderForm, { delivery: "query", mail_from_name })).toHaveProperty("mail_from_name");
  });
});

describe("the notifications form", () => {
  it.each([
    [{ mail_new_sign_in: "on" }, true],
    [{}, false],
  ])("reads %j", (sent, mail_new_sign_in) => expect(NoticesForm.parse(sent)).toEqual({ mail_new_sign_in }));
});

describe("the bot check form", () => {
  it("keeps the secret if none is entered", () =>
    expect(BotCheckForm.parse({ bot_check: "turnstile", bot_check_site_key: " key " })).toEqual({
      bot_check: "turnstile",
      bot_check_site_key: "key",
    }));

  it("rejects an unknown check", () =>
    expect(problems(BotCheckForm, { bot_check: "recaptcha" })).toHaveProperty("bot_check"));
});
