import { describe, expect, it } from "vitest";
import { AppSettings } from "../apps/settings";
import { parseEmail } from "../users/email";
import { decideSocial, type SocialFacts } from "./decide";

const BOB = parseEmail("bob@example.com");
const VERIFIED = { email: BOB, emailVerified: true };
const UNVERIFIED = { email: BOB, emailVerified: false };
const NONE = { email: null, emailVerified: false };

function decide(facts: Partial<Omit<SocialFacts, "settings">>, settings: object = {}) {
  const all = { profile: VERIFIED, known: false, holder: null, label: "GitHub", ...facts };
  const decision = decideSocial({ ...all, settings: AppSettings.parse(settings) });
  return decision.type === "refuse" ? decision.code : decision.type;
}

describe("a known identity signs in with any email address and sign-up policy", () => {
  it.each([VERIFIED, UNVERIFIED, NONE])("%j", (profile) => {
    for (const holder of [null, { verified: true }, { verified: false }])
      for (const settings of [{}, { signups: "closed" }, { allowed_email_domains: ["corp.example"] }])
        expect(decide({ known: true, profile, holder }, settings)).toBe("sign_in");
  });
});

describe("the email address of an existing user", () => {
  it.each([
    ["verified by the provider", VERIFIED, true, "link"],
    ["verified by the provider", VERIFIED, false, "take_over"],
    ["not verified by the provider", UNVERIFIED, true, "account_exists"],
    ["not verified by the provider", UNVERIFIED, false, "account_exists"],
  ])("%s (%j), verified in the app: %s, leads to %s", (_, profile, verified, decision) => {
    // The sign-up policy applies only to new users.
    for (const settings of [{}, { signups: "closed" }, { require_verified_email: true }])
      expect(decide({ profile, holder: { verified } }, settings)).toBe(decision);
  });
});

describe("a new user", () => {
  it.each([
    [VERIFIED, {}, "create"],
    [UNVERIFIED, {}, "create"],
    [NONE, {}, "create"],
    [VERIFIED, { signups: "closed" }, "signup_closed"],
    [VERIFIED, { signups: "invite_only" }, "signup_closed"],
    [VERIFIED, { allowed_email_domains: ["example.com"] }, "create"],
    [VERIFIED, { allowed_email_domains: ["corp.example"] }, "email_domain_not_allowed"],
    [NONE, { allowed_email_domains: ["corp.example"] }, "email_missing"],
    [VERIFIED, { require_verified_email: true }, "create"],
    [UNVERIFIED, { require_verified_email: true }, "email_not_verified"],
    [NONE, { require_verified_email: true }, "email_missing"],
  ])("%j with the settings %j leads to %s", (profile, settings, decision) =>
    expect(decide({ profile }, settings)).toBe(decision),
  );
});
