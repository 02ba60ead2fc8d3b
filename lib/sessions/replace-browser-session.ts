/** A browser has one session per App: who signs in again goes on in the new one, so that a sign-out leaves nothing of the old one behind. */
import { type Actor, recordEvent } from "../audit/events";
import { transaction } from "../database/client";
import { revocation, revokeSession } from "./revoke";

/** What hangs on the old session (grants without offline access, codes on their way) goes over to the new one. */
async function carryOver(appId: string, from: { id: string; userId: string }, to: string, by: Actor): Promise<void> {
  await transaction(async (tx) => {
    const { count } = await tx.session.updateMany({
      where: { appId, id: from.id, revokedAt: null },
      data: revocation("replaced"),
    });
    // Somebody else has just ended it, and what hung on it.
    if (count === 0) return;
    const hanging = { where: { appId, sessionId: from.id }, data: { sessionId: to } };
    await tx.grant.updateMany(hanging);
    await tx.authorizationCode.updateMany(hanging);
    const facts = { actor: by, sessionId: from.id, userId: from.userId, reason: "replaced" };
    await recordEvent(tx, appId, { type: "session.ended", ...facts });
  });
}

/** Ends the session that a browser had before this sign-in; another user's with all that hangs on it. */
export async function replaceSession(
  appId: string,
  before: { id: string; userId: string },
  after: { sessionId: string; userId: string },
): Promise<void> {
  const by: Actor = { type: "user", id: after.userId };
  if (before.userId === after.userId) await carryOver(appId, before, after.sessionId, by);
  else await revokeSession(appId, { sessionId: before.id, reason: "replaced", by });
}
