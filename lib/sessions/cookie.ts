/** Session cookie of an app's hosted pages: the session ID and a secret that Foyer stores hashed. */
import { appCookieName, hostCookieName } from "../cookies";
import { randomSecret, sha256 } from "../crypto/hash";
import { inApp, rowByKey } from "../database/by-key";
import { prepared } from "../database/client";
import { shortAppId } from "../ids";
import { isActive } from "../refresh/active";

/** One cookie per app, so that a browser can be signed in to several apps. */
export function sessionCookieName(appId: string): string {
  return appCookieName(`foyer-session-${shortAppId(appId)}`);
}

/** Version 0.1 used `Path=/`. Its cookies stay valid, and the next sign-in replaces them. */
export function earlierSessionCookieName(appId: string): string {
  return hostCookieName(`foyer-${shortAppId(appId)}`);
}

export function readSessionCookie(appId: string, read: (name: string) => string | undefined): string | undefined {
  return read(sessionCookieName(appId)) ?? read(earlierSessionCookieName(appId));
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
  factors: string[];
  emailVerifiedAt: Date | null;
}

/** The minimum time between two updates of lastSeenAt. */
const TOUCH_INTERVAL = "interval '1 minute'";

/** Extends the idle expiry by the session's idle timeout: idleExpiresAt − lastSeenAt. */
async function touchLastSeen(appId: string, sessionId: string): Promise<void> {
  await prepared(
    "session-seen",
    `UPDATE "Session" s SET "lastSeenAt" = now(), "idleExpiresAt" = LEAST("expiresAt", now() + ("idleExpiresAt" - "lastSeenAt"))
     WHERE ${inApp("s")} AND "id" = $2 AND "lastSeenAt" < now() - ${TOUCH_INTERVAL}`,
    [appId, sessionId],
  );
}

/**
 * The active session of an enabled user: $1 is the app, $2 the session's ID, $3 the SHA-256 of the
 * cookie's secret.
 */
export const HOSTED_SESSION = `SELECT s."id", s."userId", s."authTime", s."acr", s."amr", u."email", u."emailVerifiedAt", u."name", u."factors",
    s."lastSeenAt" < now() - ${TOUCH_INTERVAL} AS "stale"
  FROM "Session" s JOIN ${rowByKey("User", "u", `u."id" = s."userId"`)} ON true
  WHERE ${inApp("s")} AND s."id" = $2 AND s."kind" = 'browser' AND s."cookieHash" = $3
    AND ${isActive("s")} AND u."disabledAt" IS NULL`;

/** A prepared statement that extends HOSTED_SESSION with columns. `values` start at $4. */
interface SessionStatement {
  name: string;
  text: string;
  values: unknown[];
}

/** Returns the session of this cookie with the further columns of the statement, or null. */
export async function findHostedSessionWith<Found extends object>(
  appId: string,
  cookie: string | undefined,
  { name, text, values }: SessionStatement,
): Promise<(HostedSession & Found) | null> {
  const [, sessionId, secret] = /^(ses_[0-9a-z]{26})\.([\w-]{43})$/.exec(cookie ?? "") ?? [];
  if (!sessionId || !secret) return null;
  const [row] = await prepared<HostedSession & Found & { stale: boolean }>(name, text, [
    appId,
    sessionId,
    sha256(secret),
    ...values,
  ]);
  if (!row) return null;
  const { stale, ...session } = row;
  if (stale) await touchLastSeen(appId, sessionId);
  return session as unknown as HostedSession & Found;
}

export function findHostedSession(appId: string, cookie: string | undefined): Promise<HostedSession | null> {
  return findHostedSessionWith(appId, cookie, { name: "hosted-session", text: HOSTED_SESSION, values: [] });
}
