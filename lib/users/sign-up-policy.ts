/** Who may become a user of an App: what its owner decided. */
import type { AppSettings } from "../apps/settings";
import type { EmailAddress } from "./email";

export interface SignUpProblem {
  code: "signup_closed" | "email_domain_not_allowed" | "email_missing";
  description: string;
}

type Policy = Pick<AppSettings, "signups" | "allowed_email_domains">;

/** Why somebody new with this address (null: with none) may not, or null. */
export function signUpProblem({ signups, allowed_email_domains: domains }: Policy, email: EmailAddress | null) {
  const problem = (code: SignUpProblem["code"], description: string): SignUpProblem => ({ code, description });
  if (signups !== "open")
    return problem(
      "signup_closed",
      "This App takes no new users by sign-up. Its owner can change that in the settings.",
    );
  if (domains.length === 0) return null;
  const only = "This App takes only addresses of certain domains";
  if (!email) return problem("email_missing", `${only}, and none came with this sign-in.`);
  const domain = email.canonical.slice(email.canonical.indexOf("@") + 1);
  return domains.includes(domain) ? null : problem("email_domain_not_allowed", `${only}.`);
}
