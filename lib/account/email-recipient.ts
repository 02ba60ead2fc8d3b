/** The users that Foyer may send an email to. */
import { db } from "../database/client";
import { fail, failNotFound } from "../errors";
import type { EmailAddress } from "../users/email";

const FIELDS = { id: true, email: true, emailCanonical: true, emailVerifiedAt: true, disabledAt: true } as const;

export interface EmailRecipient {
  id: string;
  email: string;
  emailCanonical: string;
  emailVerifiedAt: Date | null;
}

/** The user with this email address, or null if there is none or the user is disabled. */
export async function findEmailRecipient(appId: string, { canonical }: EmailAddress): Promise<EmailRecipient | null> {
  const where = { appId_emailCanonical: { appId, emailCanonical: canonical } };
  const user = await db().user.findUnique({ where, select: FIELDS });
  // The email goes to the stored address, never to the one from the request.
  return user?.email && user.emailCanonical && !user.disabledAt
    ? { ...user, email: user.email, emailCanonical: user.emailCanonical }
    : null;
}

/**
 * For an owner of the app, who is told why an email can't be sent. @throws 404; 409 `no_address`,
 * `user_disabled`
 */
export async function getEmailRecipient(appId: string, userId: string): Promise<EmailRecipient> {
  const where = { appId_id: { appId, id: userId } };
  const { disabledAt, ...user } = (await db().user.findUnique({ where, select: FIELDS })) ?? failNotFound("The user");
  const { email, emailCanonical } = user;
  if (!email || !emailCanonical) fail(409, "no_address", "This user has no email address.");
  if (disabledAt) fail(409, "user_disabled", "This user is disabled. Enable the user first.");
  return { ...user, email, emailCanonical };
}
