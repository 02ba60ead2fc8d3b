/** Emails that sign in: a link with a code, or a code alone. */
import type { App } from "../apps/apps";
import { fail } from "../errors";
import { mayEmail } from "../limits/email";
import type { EmailAddress } from "../users/email";
import { isEmailTaken, isSignUpAllowed } from "./user-by-email";

export const SIGN_IN_EMAIL_MINUTES = 15;

export type EmailMethod = "magic_link" | "email_code";

const NAMES: Record<EmailMethod, string> = { magic_link: "magic links", email_code: "emailed codes" };

/** @throws 403 `method_disabled` */
export function requireEmailMethod(app: App, method: EmailMethod): void {
  if (app.settings.methods[method]) return;
  const description = `This app doesn't use ${NAMES[method]}. An owner of the app can enable them in its settings.`;
  fail(403, "method_disabled", description);
}

/** Whether the email could sign its reader in: an existing user, or one who may sign up. */
async function isUsable(app: App, email: EmailAddress): Promise<boolean> {
  return (await isEmailTaken(app.id, email)) || isSignUpAllowed(app, email);
}

/** Counts the email. false: don't send it, and don't tell the requester. */
export async function mayEmailSignIn(app: App, email: EmailAddress): Promise<boolean> {
  const [usable, allowed] = await Promise.all([isUsable(app, email), mayEmail(app.id, email.canonical)]);
  return usable && allowed;
}
