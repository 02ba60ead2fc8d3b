/**
 * Verified takes over unverified. Anybody can sign up with somebody else's address and wait for its owner; when the owner proves to have the
 * address (by a mailed link, or by a provider that verified it), whatever the first one left behind goes before they are let in.
 */
import { type Actor, recordEvent } from "../audit/events";
import { now } from "../clock";
import type { Tx } from "../database/client";
import { type RevocationReason, revokeAllSessions } from "../sessions/revoke";
import { USER_FIELDS, type UserSummary } from "../users/user-views";

/** Sessions, identities, consents, grants, codes, pending requests and mailed links are gone. What becomes of the user is the caller's. */
export async function clearAccount(tx: Tx, appId: string, userId: string, reason: RevocationReason): Promise<void> {
  const theirs = { appId, userId };
  await revokeAllSessions(tx, appId, userId, reason);
  await tx.identity.deleteMany({ where: theirs });
  await tx.consent.deleteMany({ where: theirs });
  await tx.authorizationCode.deleteMany({ where: { ...theirs, consumedAt: null } });
  await tx.authorizationRequest.deleteMany({ where: theirs });
  await tx.oneTimeToken.deleteMany({ where: { ...theirs, consumedAt: null } });
}

/** The password, and all the rest, of the one before is gone. → the owner's. */
export async function claimAccount(tx: Tx, appId: string, userId: string, by: Actor): Promise<UserSummary> {
  await clearAccount(tx, appId, userId, "taken_over");
  await recordEvent(tx, appId, { type: "user.taken_over", actor: by, userId });
  return tx.user.update({
    where: { appId_id: { appId, id: userId } },
    data: { passwordHash: null, passwordChangedAt: now(), emailVerifiedAt: now(), lastSignInAt: null },
    select: USER_FIELDS,
  });
}
