/** How sessions end. The salt goes with it, so that no refresh token of the family can be genuine again. */
import { randomBytes } from "node:crypto";
import { type Actor, recordEvent } from "../audit/events";
import { now } from "../clock";
import { type Tx, transaction } from "../database/client";
import { failNotFound } from "../errors";

export type RevocationReason =
  | "logout"
  | "refresh_reuse"
  | "password_changed"
  | "user_disabled"
  | "ended_by_owner"
  | "ended_by_user"
  | "taken_over"
  | "replaced"
  | "disowned";

export function revocation(reason: RevocationReason) {
  return { revokedAt: now(), revokedReason: reason, salt: randomBytes(16) };
}

/** Ends one session; false when it had ended already (or is another App's). Grants without offline access end with it. */
export async function revokeSession(
  appId: string,
  sessionId: string,
  reason: RevocationReason,
  by: Actor,
  /** Only a session of this user, when it is a user who names it. */
  ownerId?: string,
): Promise<boolean> {
  return transaction(async (tx) => {
    const [session] = await tx.session.updateManyAndReturn({
      where: { appId, id: sessionId, userId: ownerId, revokedAt: null },
      data: revocation(reason),
      select: { userId: true },
    });
    if (!session) return false;
    await tx.grant.updateMany({
      where: { appId, sessionId, offline: false, revokedAt: null },
      data: revocation(reason),
    });
    await recordEvent(tx, appId, {
      type: "session.ended",
      actor: by,
      sessionId,
      userId: session.userId,
      reason,
    });
    return true;
  });
}

/** The App's backend ends a session of one of its users. 404 when there is none that lives. */
export async function revokeSessionOfUser(appId: string, userId: string, sessionId: string, by: Actor): Promise<void> {
  if (!(await revokeSession(appId, sessionId, "ended_by_owner", by, userId))) failNotFound("The session");
}

/** Ends every session and grant of a user, within the transaction of what made it necessary. */
export async function revokeAllSessions(
  tx: Tx,
  appId: string,
  userId: string,
  reason: RevocationReason,
): Promise<number> {
  const { count } = await tx.session.updateMany({
    where: { appId, userId, revokedAt: null },
    data: revocation(reason),
  });
  await tx.grant.updateMany({ where: { appId, userId, revokedAt: null }, data: revocation(reason) });
  return count;
}

/** Ends every session and grant of a user because somebody said so. */
export async function revokeSessionsOfUser(
  appId: string,
  userId: string,
  reason: RevocationReason,
  by: Actor,
): Promise<number> {
  return transaction(async (tx) => {
    const count = await revokeAllSessions(tx, appId, userId, reason);
    const explanation = { sessions: count };
    if (count > 0)
      await recordEvent(tx, appId, { type: "user.sessions_ended", actor: by, userId, reason, explanation });
    return count;
  });
}

/** Ends all of a user's sessions but the one that asks. */
export async function revokeOtherSessions(
  tx: Tx,
  appId: string,
  userId: string,
  keptSessionId: string,
  reason: RevocationReason,
): Promise<number> {
  const others = { appId, userId, revokedAt: null };
  const { count } = await tx.session.updateMany({
    where: { ...others, id: { not: keptSessionId } },
    data: revocation(reason),
  });
  await tx.grant.updateMany({ where: others, data: revocation(reason) });
  return count;
}

/** A user signs out everywhere else. */
export async function signOutOtherSessions(
  appId: string,
  userId: string,
  keptSessionId: string,
  by: Actor,
): Promise<number> {
  return transaction(async (tx) => {
    const others = { appId, userId, revokedAt: null, id: { not: keptSessionId } };
    const ids = (await tx.session.findMany({ where: others, select: { id: true } })).map(({ id }) => id);
    await tx.session.updateMany({ where: { appId, id: { in: ids } }, data: revocation("ended_by_user") });
    // Offline access was given to an app, not to a device: it lives until the app is disconnected.
    await tx.grant.updateMany({
      where: { appId, sessionId: { in: ids }, offline: false, revokedAt: null },
      data: revocation("ended_by_user"),
    });
    await recordEvent(tx, appId, { type: "session.others_ended", actor: by, userId, sessionId: keptSessionId });
    return ids.length;
  });
}
