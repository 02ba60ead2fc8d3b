/** Users by the address that somebody typed, for mails that go to them and to nobody else. */
import { db } from "../db";
import type { EmailAddress } from "../users/email";

const FIELDS = { id: true, email: true, emailCanonical: true, emailVerifiedAt: true, disabledAt: true } as const;

export interface Reachable {
  id: string;
  email: string;
  emailCanonical: string;
  emailVerifiedAt: Date | null;
}

/** The user to write to, or null: nobody, or one who is disabled. */
export async function findReachable(appId: string, { canonical }: EmailAddress): Promise<Reachable | null> {
  const where = { appId_emailCanonical: { appId, emailCanonical: canonical } };
  const user = await db().user.findUnique({ where, select: FIELDS });
  // Mail goes to the stored address, never to the typed one.
  return user?.email && user.emailCanonical && !user.disabledAt
    ? { ...user, email: user.email, emailCanonical: user.emailCanonical }
    : null;
}
