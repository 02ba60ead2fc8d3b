/** Sessions of browsers: looked up on every request, so that ending one works at once. */
import { prepared } from "../database/client";
import { isActive } from "../refresh/active";

export interface BrowserSession {
  sessionId: string;
  userId: string;
  email: string | null;
  name: string | null;
  createdAt: Date;
}

/** While it has been seen within this time, looking it up writes nothing. */
const SEEN_INTERVAL = "1 minute";

/**
 * The live session of a live user, or null. Notes that it was seen, which also puts off its idle expiry: at most one write a minute.
 */
export async function findBrowserSession(
  app: { id: string; settings: { session_idle_ttl_seconds: number } },
  sessionId: string,
): Promise<BrowserSession | null> {
  const [row] = await prepared<BrowserSession>(
    "browser-session",
    `WITH found AS (
       SELECT s."id" AS "sessionId", s."userId", s."createdAt", s."lastSeenAt", u."email", u."name"
       FROM "Session" s JOIN "User" u ON u."appId" = s."appId" AND u."id" = s."userId"
       WHERE s."appId" = $1 AND s."id" = $2 AND s."kind" = 'browser'
         AND ${isActive("s")} AND u."disabledAt" IS NULL
     ), seen AS (
       UPDATE "Session" SET "lastSeenAt" = now(), "idleExpiresAt" = LEAST("expiresAt", now() + make_interval(secs => $3::int))
       WHERE "appId" = $1 AND "id" = $2
         AND EXISTS (SELECT 1 FROM found WHERE found."lastSeenAt" < now() - interval '${SEEN_INTERVAL}')
     )
     SELECT "sessionId", "userId", "email", "name", "createdAt" FROM found`,
    [app.id, sessionId, app.settings.session_idle_ttl_seconds],
  );
  return row ?? null;
}
