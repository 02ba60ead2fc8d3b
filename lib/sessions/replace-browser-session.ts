/**
 * Replacement of a browser's session at the next sign-in. A browser has one session per app, so
 * that a sign-out leaves no older session active.
 */
import { type Actor, recordEvent } from "../audit/events";
import { transaction } from "../database/client";
import { revocation, revokeSession } from "./revoke";

/** Revokes the old session and moves its grants and authorization codes to the new one. */
async function carryOver(appId: string, from: { id: string; userId: string }, to: string, by: Actor): Promise<void> {
  await transaction(async (tx) => {
    const active = await tx.$queryRaw<object[]>`
      SELECT 1 FROM "Session" WHERE "appId" = ${appId} AND "id" = ${from.id} AND "revokedAt" IS NULL FOR NO KEY UPDATE`;
    // Another request has already revoked or replaced the session.
    if (active.length === 0) return;
    const hanging = { where: { appId, sessionId: from.id }, data: { sessionId: to } };
    // Before the revocation: the user stays signed in, so no client is notified of a logout. Their
    // ID tokens keep their `sid`.
    await tx.logoutNotice.updateMany({ where: { ...hanging.where, endedAt: null }, data: hanging.data });
    await tx.$executeRaw`
      UPDATE "Grant" SET "sessionId" = ${to}, "sid" = coalesce("sid", "sessionId")
      WHERE "appId" = ${appId} AND "sessionId" = ${from.id}`;
    await tx.session.updateMany({ where: { appId, id: from.id }, data: revocation("replaced") });
    await tx.authorizationCode.updateMany(hanging);
    await tx.deviceCode.updateMany(hanging);
    const facts = { actor: by, sessionId: from.id, userId: from.userId, reason: "replaced" };
    await recordEvent(tx, appId, { type: "session.ended", ...facts });
  });
}

/**
 * Revokes the browser's earlier session. If it was another user's, its grants without offline
 * access are revoked too; otherwise the new session keeps them.
 */
export async function replaceSession(
  appId: string,
  before: { id: string; userId: string },
  after: { sessionId: string; userId: string },
): Promise<void> {
  const by: Actor = { type: "user", id: after.userId };
  if (before.userId === after.userId) await carryOver(appId, before, after.sessionId, by);
  else await revokeSession(appId, { sessionId: before.id, reason: "replaced", by });
}
