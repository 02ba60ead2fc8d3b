/**
 * The verification email of a user: its one-time link and its outbox row, for the caller's
 * transaction.
 */
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

export interface VerificationEmail {
  token: Prisma.OneTimeTokenCreateManyInput;
  email: Prisma.MailCreateManyInput;
}

/**
 * `interactionId`: the authorization request to continue after the verification. Call
 * `wakeOutbox()` after the commit.
 */
export async function newVerification(
  app: App,
  { id: userId, email, emailCanonical: canonical }: UnverifiedUser,
  interactionId?: string,
): Promise<VerificationEmail> {
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
    email: emailRow(app, { template: "verify_email", to: { email, canonical }, userId, data }),
  };
}
