import { describe, expect, it } from "vitest";
import { AppSettings } from "../apps/settings";
import { assess } from "./policy";

const PASSWORD = { method: "password", amr: ["pwd"] };
const LINK = { method: "magic_link", amr: ["otp"] };
const CODE = { method: "email_code", amr: ["otp"] };
const ALL = ["totp", "email", "passkey"] as const;

function user(factors: string[] = [], verified = true) {
  return { factors, email: "bob@example.com", emailVerifiedAt: verified ? new Date() : null };
}

function policy(
  mfa: "off" | "optional" | "required",
  methods: readonly string[] = ["totp", "passkey"],
  passkeys = true,
) {
  return AppSettings.parse({ mfa, mfa_methods: methods, passkeys });
}

describe("off", () => {
  it("never asks", () => {
    expect(assess(policy("off"), user(["totp"]), PASSWORD)).toEqual({ type: "admit" });
  });
});

describe("optional", () => {
  it.each([
    ["without a factor", [], ALL, { type: "admit" }],
    ["with an authenticator app", ["totp"], ["totp", "passkey"], { type: "use", methods: ["totp"] }],
    ["with a passkey only", ["passkey"], ALL, { type: "admit" }],
    ["with both", ["totp", "passkey"], ALL, { type: "use", methods: ["totp", "passkey"] }],
    ["with email enabled", ["email"], ALL, { type: "use", methods: ["email"] }],
    ["with a factor that the app no longer offers", ["totp"], ["passkey"], { type: "admit" }],
  ])("%s", (_title, factors, methods, expected) => {
    expect(assess(policy("optional", methods), user(factors), PASSWORD)).toEqual(expected);
  });

  it("doesn't use the mailbox twice", () => {
    for (const first of [LINK, CODE]) {
      expect(assess(policy("optional", ALL), user(["email"]), first)).toEqual({ type: "admit" });
      expect(assess(policy("optional", ALL), user(["totp", "email"]), first)).toEqual({
        type: "use",
        methods: ["totp"],
      });
    }
  });
});

describe("required", () => {
  it.each([
    ["without a factor", user(), ["totp", "passkey"], PASSWORD, { type: "enroll", methods: ["totp", "passkey"] }],
    ["with a passkey only", user(["passkey"]), ["totp", "passkey"], PASSWORD, { type: "use", methods: ["passkey"] }],
    ["with a verified address", user(), ["totp", "email"], PASSWORD, { type: "use", methods: ["email"] }],
    ["with an unverified address", user([], false), ["email"], PASSWORD, { type: "enroll", methods: ["email"] }],
    ["after a link, where only email serves", user(), ["email"], LINK, { type: "enroll", methods: [] }],
    ["after a link", user(), ["totp", "email"], LINK, { type: "enroll", methods: ["totp"] }],
  ])("%s", (_title, facts, methods, first, expected) => {
    expect(assess(policy("required", methods), facts, first)).toEqual(expected);
  });

  it("offers no passkeys while the app has them off", () => {
    expect(assess(policy("required", ["totp", "passkey"], false), user(["passkey"]), PASSWORD)).toEqual({
      type: "enroll",
      methods: ["totp"],
    });
  });
});

it.each(["optional", "required"] as const)("%s admits a passkey, a second factor, and a remembered browser", (mfa) => {
  const facts = user(["totp"]);
  expect(assess(policy(mfa), facts, { method: "passkey", amr: ["hwk", "user", "mfa"] })).toEqual({ type: "admit" });
  expect(assess(policy(mfa), facts, { method: "password", amr: ["pwd", "otp", "mfa"] })).toEqual({ type: "admit" });
  expect(assess(policy(mfa), facts, { ...PASSWORD, remembered: true })).toEqual({ type: "admit" });
});
