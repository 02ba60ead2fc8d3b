/**
 * The profile that a provider's response is mapped to (OpenID Connect Core §5.1), and safe readers
 * of its fields.
 */
import { z } from "zod";
import { text } from "../input";
import { type EmailAddress, parseEmail } from "../users/email";
import { PROFILE_CLAIMS, type ProfileClaim } from "../users/profile";

/**
 * A user's account at the provider. Issuer and subject identify it; an email address never does.
 */
export interface SocialProfile {
  issuer: string;
  subject: string;
  email: EmailAddress | null;
  /** True only if the provider itself states that it verified the email address. */
  emailVerified: boolean;
  /** The claims that Foyer knows and that have a valid value. */
  claims: Partial<Record<ProfileClaim, string>>;
}

const Subject = text(255);

/** @throws ZodError if the subject is missing or unusable */
export function readSubject(subject: unknown): string {
  return Subject.parse(subject);
}

/** Returns null unless the value is exactly one plain email address. */
export function readEmail(value: unknown): EmailAddress | null {
  return typeof value === "string" ? parseEmail(value) : null;
}

/** Omits unknown and invalid claims instead of rejecting the sign-in. */
export function readClaims(given: Partial<Record<ProfileClaim, unknown>>): SocialProfile["claims"] {
  const claims: SocialProfile["claims"] = {};
  for (const [name, { schema }] of Object.entries(PROFILE_CLAIMS) as [ProfileClaim, { schema: z.ZodType }][]) {
    const read = schema.safeParse(given[name]);
    if (read.success && typeof read.data === "string") claims[name] = read.data;
  }
  return claims;
}

/** Some providers send booleans as strings. */
const BooleanClaim = z.union([z.boolean(), z.enum(["true", "false"]).transform((value) => value === "true")]);

export function isTrueClaim(value: unknown): boolean {
  return BooleanClaim.safeParse(value).data === true;
}
