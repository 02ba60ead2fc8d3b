/** Users by the address that somebody typed, for mails that go to them and to nobody else. */
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

/** The user to write to, or null: nobody, or one who is disabled. */
export async function findEmailRecipient(appId: string, { canonical }: EmailAddress): Promise<EmailRecipient | null> {
  const where = { appId_emailCanonical: { appId, emailCanonical: canonical } };
  const user = await db().user.findUnique({ where, select: FIELDS });
  // Mail goes to the stored address, never to the typed one.
  return user?.email && user.emailCanonical && !user.disabledAt
    ? { ...user, email: user.email, emailCanonical: user.emailCanonical }
    : null;
}

/** The user whom an App's owner wants to write to; unlike a stranger, the owner is told why it cannot be: 404, 409. */
export async function getEmailRecipient(appId: string, userId: string): Promise<EmailRecipient> {
  const where = { appId_id: { appId, id: userId } };
  const { disabledAt, ...user } = (await db().user.findUnique({ where, select: FIELDS })) ?? failNotFound("The user");
  const { email, emailCanonical } = user;
  if (!email || !emailCanonical) fail(409, "no_address", "This user has no e-mail address to write to.");
  if (disabledAt) fail(409, "user_disabled", "This user is disabled. Enable the user first.");
  return { ...user, email, emailCanonical };
}
