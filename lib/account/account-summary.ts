/** What the account page must know about its user to offer the possible actions. */
import type { App } from "../apps/apps";
import { db } from "../database/client";
import { failNotFound } from "../errors";
import { isRecentSignIn, usesPassword } from "./reauthenticate";

export interface AccountSummary {
  emailVerified: boolean;
  hasPassword: boolean;
  /** A user without a password confirms a change by a recent sign-in. */
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
