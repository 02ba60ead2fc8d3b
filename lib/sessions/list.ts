/** Lists of a user's active sessions. Version 0.1 stored mapped IP addresses: they are shown as IPv4. */
import { now } from "../clock";
import { db, type Session } from "../database/client";
import { type ListQuery, type Page, toPage } from "../database/pagination";
import { plainAddress } from "../ip-address";

function activeSessions(appId: string, userId: string) {
  return { appId, userId, revokedAt: null, expiresAt: { gt: now() }, idleExpiresAt: { gt: now() } };
}

/** Returns up to 100 active sessions, the most recently used first. */
export async function listSessions(appId: string, userId: string) {
  const rows = await db().session.findMany({
    where: activeSessions(appId, userId),
    orderBy: { lastSeenAt: "desc" },
    take: 100,
    select: {
      id: true,
      kind: true,
      ip: true,
      userAgent: true,
      createdAt: true,
      lastSeenAt: true,
      acr: true,
      amr: true,
    },
  });
  return rows.map((row) => ({ ...row, ip: row.ip && plainAddress(row.ip) }));
}

const SHOWN = {
  id: true,
  kind: true,
  ip: true,
  userAgent: true,
  acr: true,
  amr: true,
  createdAt: true,
  lastSeenAt: true,
  idleExpiresAt: true,
  expiresAt: true,
} as const;

/** A session as the API returns it. */
export function serializeSession(session: Pick<Session, keyof typeof SHOWN>) {
  const ends = Math.min(session.idleExpiresAt.getTime(), session.expiresAt.getTime());
  return {
    id: session.id,
    kind: session.kind,
    /** Sessions from before there were classes had one factor. */
    acr: session.acr ?? "1",
    amr: session.amr,
    ip: session.ip && plainAddress(session.ip),
    user_agent: session.userAgent,
    created_at: session.createdAt.toISOString(),
    last_seen_at: session.lastSeenAt.toISOString(),
    /** Use of the session may postpone it, up to the maximum lifetime. */
    expires_at: new Date(ends).toISOString(),
  };
}

/** Returns one page of active sessions, newest first. */
export async function listSessionPage(
  appId: string,
  userId: string,
  query: ListQuery,
): Promise<Page<ReturnType<typeof serializeSession>>> {
  const rows = await db().session.findMany({
    where: { ...activeSessions(appId, userId), ...(query.cursor && { id: { lt: query.cursor } }) },
    orderBy: { id: "desc" },
    take: query.limit + 1,
    select: SHOWN,
  });
  return toPage(rows, query.limit, serializeSession);
}
