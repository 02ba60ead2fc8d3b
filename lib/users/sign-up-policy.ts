/** Who may become a user of an App: what its owner decided. */
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

/** Why this address (null: none) is none of those that the App takes, or null. */
export function domainProblem(
  { allowed_email_domains: domains }: Pick<Policy, "allowed_email_domains">,
  email: EmailAddress | null,
): SignUpProblem | null {
  if (domains.length === 0) return null;
  const only = "This App takes only addresses of certain domains";
  if (!email) return problem("email_missing", `${only}, and none came with this sign-in.`);
  const domain = email.canonical.slice(email.canonical.indexOf("@") + 1);
  return domains.includes(domain) ? null : problem("email_domain_not_allowed", `${only}.`);
}

/** Why somebody new with this address (null: with none) may not, or null. */
export function signUpProblem(policy: Policy, email: EmailAddress | null): SignUpProblem | null {
  if (policy.signups !== "open")
    return problem(
      "signup_closed",
      "This App takes no new users by sign-up. Its owner can change that in the settings.",
    );
  return domainProblem(policy, email);
}
