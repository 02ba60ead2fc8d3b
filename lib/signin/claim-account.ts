/**
 * Claims an unverified account for the verified owner of its email address, against account
 * pre-hijacking: an attacker can sign up with another person's address and wait. When the owner
 * proves the address, everything that the first user set up is deleted.
 */
import { type Actor, recordEvent } from "../audit/events";
import { now } from "../clock";
import type { Tx } from "../database/client";
import { type RevocationReason, revokeAllSessions } from "../sessions/revoke";
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
  await tx.authorizationCode.deleteMany({ where: { ...where, consumedAt: null } });
  await tx.authorizationRequest.deleteMany({ where });
  await tx.oneTimeToken.deleteMany({ where: { ...where, consumedAt: null } });
}

/** Also removes the password and marks the email address as verified. */
export async function claimAccount(tx: Tx, appId: string, userId: string, by: Actor): Promise<UserSummary> {
  await clearAccount(tx, appId, userId, "taken_over");
  await recordEvent(tx, appId, { type: "user.taken_over", actor: by, userId });
  return tx.user.update({
    where: { appId_id: { appId, id: userId } },
    data: { passwordHash: null, passwordChangedAt: now(), emailVerifiedAt: now(), lastSignInAt: null },
    select: USER_FIELDS,
  });
}
