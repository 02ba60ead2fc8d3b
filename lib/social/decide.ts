/**
 * Whom a provider's answer lets in, as a pure function of what is known. An identity is issuer and
 * subject. An address counts only when the provider says that it is verified: then it leads to the
 * user who has it, and takes over what somebody may have pre-registered under it.
 */
import type { AppSettings } from "../apps/settings";
import { signUpProblem } from "../users/sign-up-policy";
import type { SocialProfile } from "./profile";

export interface SocialFacts {
  profile: Pick<SocialProfile, "email" | "emailVerified">;
  /** A user of the App has this identity. */
  known: boolean;
  /** The user who has the address, if somebody does. */
  holder: { verified: boolean } | null;
  settings: Pick<AppSettings, "signups" | "allowed_email_domains" | "require_verified_email">;
  /** The provider, for the sentences. */
  label: string;
}

export type SocialDecision =
  /** The identity's user comes in. */
  | { type: "sign_in" }
  /** The holder of the address comes in, and is known by this identity from now on. */
  | { type: "link" }
  /** The same, and what was there before goes first. */
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
    ? refuse("email_not_verified", `${label} has not verified your e-mail address. Verify it there, then come back.`)
    : refuse("email_missing", `${label} gave no e-mail address, and this App needs one.`);
}

export function decideSocial(facts: SocialFacts): SocialDecision {
  const { profile, known, holder, label } = facts;
  if (known) return { type: "sign_in" };
  if (!holder) return decideNew(facts);
  if (profile.emailVerified) return { type: holder.verified ? "link" : "take_over" };
  return refuse(
    "account_exists",
    `There is an account with this e-mail address already, and ${label} has not verified that it is yours. Sign in as you did before, then link ${label} on your account page.`,
  );
}
