/** The sign-up policy of an app: open, invite only or closed, and the allowed email domains. */
import type { AppSettings } from "../apps/settings";
import type { EmailAddress } from "./email";

export interface SignUpProblem {
  code: "signup_closed" | "email_domain_not_allowed" | "email_missing";
  description: string;
}

type Policy = Pick<AppSettings, "signups" | "allowed_email_domains">;

function problem(code: SignUpProblem["code"], description: string): SignUpProblem {
  return { code, description };
}

/** The problem of an email address (null: no address) with the allowed domains, or null. */
export function domainProblem(
  { allowed_email_domains: domains }: Pick<Policy, "allowed_email_domains">,
  email: EmailAddress | null,
): SignUpProblem | null {
  if (domains.length === 0) return null;
  if (!email)
    return problem(
      "email_missing",
      "This app only allows certain email domains, and this sign-in has no email address.",
    );
  const domain = email.canonical.slice(email.canonical.indexOf("@") + 1);
  return domains.includes(domain)
    ? null
    : problem("email_domain_not_allowed", "This app doesn't allow email addresses of this domain.");
}

/** Why a new user with this email address (null: without one) can't sign up, or null. */
export function signUpProblem(policy: Policy, email: EmailAddress | null): SignUpProblem | null {
  if (policy.signups !== "open")
    return problem(
      "signup_closed",
      "This app doesn't allow sign-ups. An owner of the app can change this in its settings.",
    );
  return domainProblem(policy, email);
}
