/** The mail that asks whether an address is really the user's: its link, and the row of the mail, for the transaction that makes it due. */
import type { App } from "../apps/apps";
import type { Prisma } from "../database/client";
import { emailRow } from "../mail/email-row";
import { createAccountLink } from "../one-time/account-links";
import { newOneTime } from "../one-time/one-time";

export const VERIFICATION_HOURS = 24;

export interface UnverifiedUser {
  id: string;
  email: string;
  emailCanonical: string;
}

export interface EmailedLink {
  token: Prisma.OneTimeTokenCreateManyInput;
  mail: Prisma.MailCreateManyInput;
}

/** `interactionId`: the authorization request to go on with afterwards. Call `wakeOutbox()` after the commit. */
export async function newVerification(app: App, user: UnverifiedUser, interactionId?: string): Promise<EmailedLink> {
  const { id: userId, email, emailCanonical: canonical } = user;
  const issued = newOneTime(app.id, {
    purpose: "verify_email",
    payload: interactionId ? { interactionId } : {},
    ttlSeconds: VERIFICATION_HOURS * 3600,
    userId,
    email: canonical,
  });
  const link = await createAccountLink(app, "verify_email", issued);
  const data = { link, hours: VERIFICATION_HOURS };
  return {
    token: issued.row,
    mail: emailRow(app, { template: "verify_email", to: { email, canonical }, userId, data }),
  };
}
