/** The session cookie of an App's hosted pages: which session, and a secret that only this browser has. */
import { equalBytes, randomSecret, sha256 } from "../crypto/hash";
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

interface Row extends HostedSession {
  cookieHash: Buffer | null;
}

/** The live session of a live user that this cookie proves, or null. */
export async function findHostedSession(appId: string, cookie: string | undefined): Promise<HostedSession | null> {
  const [, sessionId, secret] = /^(ses_[0-9a-z]{26})\.([\w-]{43})$/.exec(cookie ?? "") ?? [];
  if (!sessionId || !secret) return null;
  const [row] = await prepared<Row>(
    "hosted-session",
    `SELECT s."id", s."userId", s."cookieHash", s."authTime", s."acr", s."amr", u."email", u."name"
     FROM "Session" s JOIN "User" u ON u."appId" = s."appId" AND u."id" = s."userId"
     WHERE s."appId" = $1 AND s."id" = $2 AND s."kind" = 'browser'
       AND s."revokedAt" IS NULL AND s."expiresAt" > now() AND s."idleExpiresAt" > now() AND u."disabledAt" IS NULL`,
    [appId, sessionId],
  );
  if (!row?.cookieHash || !equalBytes(row.cookieHash, sha256(secret))) return null;
  const { cookieHash: _, ...session } = row;
  return session;
}
