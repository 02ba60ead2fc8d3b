/**
 * Claims an unverified account for the verified owner of its email address, against account
 * pre-hijacking: an attacker can sign up with another person's address and wait. When the owner
 * proves the address, everything that the first user set up is deleted.
 */
import type { App } from "../apps/apps";
import { type Actor, recordEvent } from "../audit/events";
import { now } from "../clock";
import { db, type Tx } from "../database/client";
import { failInput } from "../errors";
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

/** What shows that the user who claims the account knows its password. */
export type KnownPassword =
  /** The hash of the password that the user entered. */
  | { passwordHash: string }
  /** A session of this browser in which the user signed in with the password. */
  | { sessionId: string };

/** Checked again in the transaction: the first user may have changed the password in the meantime. */
async function knowsPassword(tx: Tx, appId: string, userId: string, known: KnownPassword): Promise<boolean> {
  const [user] = await tx.$queryRaw<{ passwordHash: string | null; passwordChangedAt: Date | null }[]>`
    SELECT "passwordHash", "passwordChangedAt" FROM "User"
    WHERE "appId" = ${appId} AND "id" = ${userId} FOR NO KEY UPDATE`;
  if (!user?.passwordHash) return false;
  if ("passwordHash" in known) return known.passwordHash === user.passwordHash;
  const signedIn = { kind: "browser", revokedAt: null, expiresAt: { gt: now() }, amr: { has: "pwd" } } as const;
  const since = { authTime: { gte: user.passwordChangedAt ?? new Date(0) } };
  return (await tx.session.count({ where: { appId, id: known.sessionId, userId, ...signedIn, ...since } })) > 0;
}

/**
 * Also removes the password, unless the user knows it, and marks the email address as verified.
 * Sessions, linked accounts, factors and consents go even then: the first user may have guessed a
 * password that the owner uses elsewhere, and whatever that user added would outlast a new password.
 * @throws 400 that names `password` if `known` doesn't hold
 */
export async function claimAccount(
  tx: Tx,
  appId: string,
  userId: string,
  by: Actor,
  known?: KnownPassword,
): Promise<UserSummary> {
  if (known && !(await knowsPassword(tx, appId, userId, known))) failInput({ password: "was changed meanwhile" });
  await clearAccount(tx, appId, userId, "taken_over");
  await recordEvent(tx, appId, {
    type: "user.taken_over",
    actor: by,
    userId,
    ...(known && { explanation: { password: "kept" } }),
  });
  return tx.user.update({
    where: { appId_id: { appId, id: userId } },
    data: {
      ...(!known && { passwordHash: null, passwordChangedAt: now() }),
      emailVerifiedAt: now(),
      lastSignInAt: null,
      updatedAt: now(),
    },
    select: USER_FIELDS,
  });
}

/**
 * The user whose password a sign-in that verifies this email address removes, or null. Tells only
 * the owner of the address.
 */
export function findPasswordAtStake(
  appId: string,
  canonical: string,
  tx: Tx = db(),
): Promise<{ id: string; passwordChangedAt: Date | null } | null> {
  const where = { appId, emailCanonical: canonical, emailVerifiedAt: null, passwordHash: { not: null } };
  return tx.user.findFirst({ where, select: { id: true, passwordChangedAt: true } });
}

/** Claims the account, and tells its owner by email what happened to a password. */
export async function claimAndNotify(
  tx: Tx,
  app: App,
  user: UserSummary,
  by: Actor,
  known?: KnownPassword,
): Promise<UserSummary> {
  const to = parseEmail(user.email ?? "");
  if (to && (await findPasswordAtStake(app.id, to.canonical, tx))) {
    const data = { at: formatUtc(now()), link: forgotPasswordUrl(app) };
    const template = known ? "password_kept" : "password_removed";
    await tx.mail.create({ data: emailRow(app, { template, to, userId: user.id, data }), select: { id: true } });
  }
  return claimAccount(tx, app.id, user.id, by, known);
}
