/** The sessions of a user, for those who may see them. */
import { now } from "../clock";
import { db } from "../db";

/** Live ones, the last seen first. */
export async function listSessions(appId: string, userId: string) {
  const rows = await db().session.findMany({
    where: { appId, userId, revokedAt: null, expiresAt: { gt: now() }, idleExpiresAt: { gt: now() } },
    orderBy: { lastSeenAt: "desc" },
    take: 100,
    select: { id: true, kind: true, ip: true, userAgent: true, createdAt: true, lastSeenAt: true, amr: true },
  });
  return rows;
}
