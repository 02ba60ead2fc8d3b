/** Input schemas of the second-factor forms. Their output is a part of the app's settings. */
import { z } from "zod";
import { AppSettings, FACTOR_TYPES } from "@/lib/apps/settings";
import { text } from "@/lib/input";
import { checkbox } from "../on-off";
import { lines, wholeNumber } from "../settings/inputs";

const known = AppSettings.shape;

const checkedTypes = Object.fromEntries(FACTOR_TYPES.map((type) => [`mfa_methods:${type}`, checkbox]));

export const PolicyForm = z
  .object({
    mfa: known.mfa.unwrap(),
    mfa_remember_days: wholeNumber(known.mfa_remember_days.unwrap()),
    ...checkedTypes,
  })
  .transform(({ mfa, mfa_remember_days, ...checked }, context) => {
    const mfa_methods = FACTOR_TYPES.filter((type) => (checked as Record<string, unknown>)[`mfa_methods:${type}`]);
    if (mfa_methods.length === 0)
      context.addIssue({ code: "custom", path: ["mfa_methods"], message: "must have at least one entry" });
    return { mfa, mfa_methods, mfa_remember_days };
  });

const rpId = known.passkey_rp_id.unwrap();
const origin = known.passkey_origins.unwrap().element;

/** "https://example.com", or null. */
function toOrigin(line: string): string | null {
  return origin.safeParse(line).data ?? null;
}

export const PasskeysForm = z.object({
  passkeys: checkbox,
  passkey_rp_id: text(253)
    .optional()
    .transform((domain) => domain?.trim() || null)
    .refine((domain) => rpId.safeParse(domain).success, "must be a domain, like example.com"),
  passkey_origins: lines(toOrigin, "must be an origin, like https://example.com").refine(
    (origins) => origins.length <= 20,
    "must have at most 20 entries",
  ),
});
