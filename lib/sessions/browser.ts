/** Lookup of browser sessions on every request, so that a revocation takes effect immediately. */
import { inApp, rowByKey } from "../database/by-key";
import { prepared } from "../database/client";
import { isActive } from "../refresh/active";

export interface BrowserSession {
  sessionId: string;
  userId: string;
  email: string | null;
  name: string | null;
  createdAt: Date;
}

/** The minimum time between two updates of lastSeenAt. */
const SEEN_INTERVAL = "1 minute";

/**
 * Returns the active session of an enabled user, or null. Updates lastSeenAt and extends the idle
 * expiry, at most once a minute.
 */
export async function findBrowserSession(
  app: { id: string; settings: { session_idle_ttl_seconds: number } },
  sessionId: string,
): Promise<BrowserSession | null> {
  const [row] = await prepared<BrowserSession>(
    "browser-session",
    `WITH found AS (
       SELECT s."id" AS "sessionId", s."userId", s."createdAt", s."lastSeenAt", u."email", u."name"
       FROM "Session" s JOIN ${rowByKey("User", "u", `u."id" = s."userId"`)} ON true
       WHERE ${inApp("s")} AND s."id" = $2 AND s."kind" = 'browser'
         AND ${isActive("s")} AND u."disabledAt" IS NULL
     ), seen AS (
       UPDATE "Session" s SET "lastSeenAt" = now(), "idleExpiresAt" = LEAST("expiresAt", now() + make_interval(secs => $3::int))
       WHERE ${inApp("s")} AND s."id" = $2
         AND EXISTS (SELECT 1 FROM found WHERE found."lastSeenAt" < now() - interval '${SEEN_INTERVAL}')
     )
     SELECT "sessionId", "userId", "email", "name", "createdAt" FROM found`,
    [app.id, sessionId, app.settings.session_idle_ttl_seconds],
  );
  return row ?? null;
}
