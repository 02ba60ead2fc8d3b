/**
 * Claims an unverified account for the verified owner of its email address, against account
 * pre-hijacking: an attacker can sign up with another person's address and wait. When the owner
 * proves the address, everything that the first user set up is deleted.
 */
import type { App } from "../apps/apps";
import { type Actor, recordEvent } from "../audit/events";
import { now } from "../clock";
import { db, type Tx } from "../database/client";
import { clearFactors } from "../factors/factor";
import { emailRow } from "../mail/email-row";
import { formatUtc } from "../mail/utc-time";
import { forgotPasswordUrl } from "../one-time/account-links";
import { type RevocationReason, revokeAllSessions } from "../sessions/revoke";
import { parseEmail } from "../users/email";
import { USER_FIELDS, type UserSummary } from "../users/user-views";

/**
 * Deletes everything that could sign a user in or act for the user, except the password. The user
 * row stays.
 */
export async function clearAccount(tx: Tx, appId: string, userId: string, reason: RevocationReason): Promise<void> {
  const where = { appId, userId };
  await revokeAllSessions(tx, appId, userId, reason);
  await tx.identity.deleteMany({ where });
  await tx.consent.deleteMany({ where });
  await clearFactors(tx, appId, userId);
  await tx.oneTimeToken.deleteMany({ where: { ...where, consumedAt: null } });
}

/** Also removes the password and marks the email address as verified. */
export async function claimAccount(tx: Tx, appId: string, userId: string, by: Actor): Promise<UserSummary> {
  await clearAccount(tx, appId, userId, "taken_over");
  await recordEvent(tx, appId, { type: "user.taken_over", actor: by, userId });
  return tx.user.update({
    where: { appId_id: { appId, id: userId } },
    data: {
      passwordHash: null,
      passwordChangedAt: now(),
      emailVerifiedAt: now(),
      lastSignInAt: null,
      updatedAt: now(),
    },
    select: USER_FIELDS,
  });
}

/**
 * Whether a sign-in that verifies this email address removes a password. Tells only the owner of
 * the address.
 */
export async function isPasswordAtStake(appId: string, canonical: string, tx: Tx = db()): Promise<boolean> {
  const where = { appId, emailCanonical: canonical, emailVerifiedAt: null, passwordHash: { not: null } };
  return (await tx.user.count({ where })) > 0;
}

/** Claims the account, and tells its owner by email if that removes a password. */
export async function claimAndNotify(tx: Tx, app: App, user: UserSummary, by: Actor): Promise<UserSummary> {
  const to = parseEmail(user.email ?? "");
  if (to && (await isPasswordAtStake(app.id, to.canonical, tx))) {
    const data = { at: formatUtc(now()), link: forgotPasswordUrl(app) };
    const email = emailRow(app, { template: "password_removed", to, userId: user.id, data });
    await tx.mail.create({ data: email, select: { id: true } });
  }
  return claimAccount(tx, app.id, user.id, by);
}
