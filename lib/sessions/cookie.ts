/** The session cookie of an App's hosted pages: which session, and a secret that only this browser has. */
import { hostCookieName } from "../cookies";
import { randomSecret, sha256 } from "../crypto/hash";
import { prepared } from "../database/client";
import { shortAppId } from "../ids";
import { isActive } from "../refresh/active";

/** One per App, so that a browser can be signed in to several. */
export function sessionCookieName(appId: string): string {
  return hostCookieName(`foyer-${shortAppId(appId)}`);
}

export function newCookieSecret(): { secret: string; cookieHash: Buffer<ArrayBuffer> } {
  const secret = randomSecret();
  return { secret, cookieHash: sha256(secret) };
}

export function writeSessionCookie(sessionId: string, secret: string): string {
  return `${sessionId}.${secret}`;
}

export interface HostedSession {
  id: string;
  userId: string;
  email: string | null;
  name: string | null;
  authTime: Date;
  acr: string | null;
  amr: string[];
}

/** While it has been seen within this time, looking it up writes nothing. */
const SEEN_INTERVAL = "interval '1 minute'";

/** What is asked together with the session, in the same round trip: of a statement where it is `s`, its user `u`, the App $1. */
interface Together {
  /** Of the prepared statement. */
  name: string;
  columns: string;
  joins: string;
  /** From $4 on. */
  values: unknown[];
}

/** Being seen puts off the idle expiry by as much as it had at first. */
async function touchLastSeen(appId: string, sessionId: string): Promise<void> {
  await prepared(
    "session-seen",
    `UPDATE "Session" SET "lastSeenAt" = now(), "idleExpiresAt" = LEAST("expiresAt", now() + ("idleExpiresAt" - "lastSeenAt"))
     WHERE "appId" = $1 AND "id" = $2 AND "lastSeenAt" < now() - ${SEEN_INTERVAL}`,
    [appId, sessionId],
  );
}

/** The live session of a live user that this cookie proves, with what was asked together, or null. At most one write a minute. */
export async function findHostedSessionWith<Found extends object>(
  appId: string,
  cookie: string | undefined,
  together: Together,
): Promise<(HostedSession & Found) | null> {
  const [, sessionId, secret] = /^(ses_[0-9a-z]{26})\.([\w-]{43})$/.exec(cookie ?? "") ?? [];
  if (!sessionId || !secret) return null;
  const [row] = await prepared<HostedSession & Found & { stale: boolean }>(
    together.name,
    `SELECT s."id", s."userId", s."authTime", s."acr", s."amr", u."email", u."name",
       s."lastSeenAt" < now() - ${SEEN_INTERVAL} AS "stale"${together.columns}
     FROM "Session" s JOIN "User" u ON u."appId" = s."appId" AND u."id" = s."userId" ${together.joins}
     WHERE s."appId" = $1 AND s."id" = $2 AND s."kind" = 'browser' AND s."cookieHash" = $3
       AND ${isActive("s")} AND u."disabledAt" IS NULL`,
    [appId, sessionId, sha256(secret), ...together.values],
  );
  if (!row) return null;
  const { stale, ...session } = row;
  if (stale) await touchLastSeen(appId, sessionId);
  return session as unknown as HostedSession & Found;
}

export function findHostedSession(appId: string, cookie: string | undefined): Promise<HostedSession | null> {
  return findHostedSessionWith(appId, cookie, { name: "hosted-session", columns: "", joins: "", values: [] });
}
