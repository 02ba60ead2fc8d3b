/** The session cookie of an App's hosted pages: which session, and a secret that only this browser has. */
import { randomSecret, sha256 } from "../crypto/hash";
import { prepared } from "../db";
import { env } from "../env";
import { shortAppId } from "../ids";

/** One per App; `__Host-` pins it to our very host, where https lets it. */
export function sessionCookieName(appId: string): string {
  return `${env().https ? "__Host-" : ""}foyer-${shortAppId(appId)}`;
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
const SEEN_INTERVAL = "1 minute";

/**
 * The live session of a live user that this cookie proves, or null. Being seen puts off its idle expiry by as much as it had at first: at
 * most one write a minute.
 */
export async function findHostedSession(appId: string, cookie: string | undefined): Promise<HostedSession | null> {
  const [, sessionId, secret] = /^(ses_[0-9a-z]{26})\.([\w-]{43})$/.exec(cookie ?? "") ?? [];
  if (!sessionId || !secret) return null;
  const [session] = await prepared<HostedSession>(
    "hosted-session",
    `WITH found AS (
       SELECT s."id", s."userId", s."authTime", s."acr", s."amr", s."lastSeenAt", u."email", u."name"
       FROM "Session" s JOIN "User" u ON u."appId" = s."appId" AND u."id" = s."userId"
       WHERE s."appId" = $1 AND s."id" = $2 AND s."kind" = 'browser' AND s."cookieHash" = $3
         AND s."revokedAt" IS NULL AND s."expiresAt" > now() AND s."idleExpiresAt" > now() AND u."disabledAt" IS NULL
     ), seen AS (
       UPDATE "Session" SET "lastSeenAt" = now(), "idleExpiresAt" = LEAST("expiresAt", now() + ("idleExpiresAt" - "lastSeenAt"))
       WHERE "appId" = $1 AND "id" = $2
         AND EXISTS (SELECT 1 FROM found WHERE found."lastSeenAt" < now() - interval '${SEEN_INTERVAL}')
     )
     SELECT "id", "userId", "authTime", "acr", "amr", "email", "name" FROM found`,
    [appId, sessionId, sha256(secret)],
  );
  return session ?? null;
}
