/** Session revocation. It replaces the salt, which invalidates the session's refresh tokens. */
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

interface SessionRevocation {
  sessionId: string;
  reason: RevocationReason;
  by: Actor;
  /** Restricts it to a session of this user, if a user or the app's backend sent the ID. */
  userId?: string;
}

/**
 * Revokes one session, and its grants without offline access. Returns false if it was already
 * revoked or doesn't exist in this app.
 */
export async function revokeSession(
  appId: string,
  { sessionId, reason, by, userId }: SessionRevocation,
): Promise<boolean> {
  return transaction(async (tx) => {
    const [session] = await tx.session.updateManyAndReturn({
      where: { appId, id: sessionId, userId, revokedAt: null },
      data: revocation(reason),
      select: { userId: true },
    });
    if (!session) return false;
    await tx.grant.updateMany({
      where: { appId, sessionId, offline: false, revokedAt: null },
      data: revocation(reason),
    });
    await recordEvent(tx, appId, { type: "session.ended", actor: by, sessionId, userId: session.userId, reason });
    return true;
  });
}

/** Revokes a session of a user for the app's backend. Fails with 404 if there is none to revoke. */
export async function revokeSessionOfUser(appId: string, userId: string, sessionId: string, by: Actor): Promise<void> {
  if (!(await revokeSession(appId, { sessionId, reason: "ended_by_owner", by, userId }))) failNotFound("The session");
}

/**
 * Revokes every grant of a user, and what could still become one. The codes first: the deletion waits
 * for an exchange under way, whose grant is then revoked too.
 */
async function revokeAllGrants(tx: Tx, appId: string, userId: string, reason: RevocationReason): Promise<void> {
  const where = { appId, userId };
  await tx.authorizationCode.deleteMany({ where: { ...where, consumedAt: null } });
  await tx.deviceCode.deleteMany({ where: { ...where, consumedAt: null } });
  await tx.grant.updateMany({ where: { ...where, revokedAt: null }, data: revocation(reason) });
}

/** Revokes every session and grant of a user, in the transaction of the change that requires it. */
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
  await revokeAllGrants(tx, appId, userId, reason);
  return count;
}

/** Revokes every session and grant of a user on request, with an event. */
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

/**
 * Revokes all grants of a user and all sessions except one, in the transaction of the change that
 * requires it.
 */
export async function revokeOtherSessions(
  tx: Tx,
  appId: string,
  { userId, keptSessionId, reason }: { userId: string; keptSessionId: string; reason: RevocationReason },
): Promise<number> {
  const active = { appId, userId, revokedAt: null };
  const { count } = await tx.session.updateMany({
    where: { ...active, id: { not: keptSessionId } },
    data: revocation(reason),
  });
  await revokeAllGrants(tx, appId, userId, reason);
  return count;
}

/**
 * Signs a user out everywhere else. Grants with offline access stay, because the user gave them to
 * an application and not to a device.
 */
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
    await tx.grant.updateMany({
      where: { appId, sessionId: { in: ids }, offline: false, revokedAt: null },
      data: revocation("ended_by_user"),
    });
    await recordEvent(tx, appId, { type: "session.others_ended", actor: by, userId, sessionId: keptSessionId });
    return ids.length;
  });
}
