/**
 * Decides which user a social sign-in leads to, as a pure function. Issuer and subject identify an
 * account. An email address counts only if the provider verified it: then the sign-in leads to the
 * user with that address, and takes over an account that was pre-registered with it.
 */
import type { AppSettings } from "../apps/settings";
import { signUpProblem } from "../users/sign-up-policy";
import type { SocialProfile } from "./profile";

export interface SocialFacts {
  profile: Pick<SocialProfile, "email" | "emailVerified">;
  /** Whether a user of the app has this identity. */
  known: boolean;
  /** The user with this email address, if there is one. */
  holder: { verified: boolean } | null;
  settings: Pick<AppSettings, "signups" | "allowed_email_domains" | "require_verified_email">;
  /** The provider's name, for messages. */
  label: string;
}

export type SocialDecision =
  /** Sign in the user of the identity. */
  | { type: "sign_in" }
  /** Sign in the user with the email address and link the identity. */
  | { type: "link" }
  /** The same, after removing the unverified user's password, sessions and identities. */
  | { type: "take_over" }
  | { type: "create" }
  | { type: "refuse"; code: string; description: string };

function refuse(code: string, description: string): SocialDecision {
  return { type: "refuse", code, description };
}

function decideNew({ profile, settings, label }: SocialFacts): SocialDecision {
  const problem = signUpProblem(settings, profile.email);
  if (problem) return refuse(problem.code, problem.description);
  if (!settings.require_verified_email || profile.emailVerified) return { type: "create" };
  return profile.email
    ? refuse("email_not_verified", `${label} hasn't verified your email address. Verify it there, then try again.`)
    : refuse("email_missing", `${label} sent no email address, but this app needs one.`);
}

export function decideSocial(facts: SocialFacts): SocialDecision {
  const { profile, known, holder, label } = facts;
  if (known) return { type: "sign_in" };
  if (!holder) return decideNew(facts);
  if (profile.emailVerified) return { type: holder.verified ? "link" : "take_over" };
  return refuse(
    "account_exists",
    `An account with this email address already exists, and ${label} hasn't verified that the address is yours. Sign in the way you did before, then link ${label} on your account page.`,
  );
}
