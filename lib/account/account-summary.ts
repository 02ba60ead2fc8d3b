/** What the account page must know of its user to offer what is possible, and nothing else. */
import type { App } from "../apps/apps";
import { db } from "../database/client";
import { failNotFound } from "../errors";
import { isRecentSignIn, usesPassword } from "./reauthenticate";

export interface AccountSummary {
  emailVerified: boolean;
  /** Otherwise a fresh sign-in takes the place of the password. */
  hasPassword: boolean;
  /** Whether what cannot be taken back may be done without another sign-in by who has no password. */
  isFresh: boolean;
}

export async function getAccountSummary(
  app: App,
  session: { userId: string; authTime: Date },
): Promise<AccountSummary> {
  const where = { appId_id: { appId: app.id, id: session.userId } };
  const user = await db().user.findUnique({ where, select: { emailVerifiedAt: true, passwordHash: true } });
  if (!user) failNotFound("The user");
  return {
    emailVerified: user.emailVerifiedAt !== null,
    hasPassword: usesPassword(app, user),
    isFresh: isRecentSignIn(session.authTime),
  };
}
