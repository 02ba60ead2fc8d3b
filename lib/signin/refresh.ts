/** Refreshing a direct session, and ending it by its refresh token (RFC 9700 §4.14.2, without a row per token). */
import type { App } from "../apps/apps";
import { recordRejection } from "../audit/events";
import { prepared } from "../db";
import { fail } from "../errors";
import { endSession } from "../sessions/end";
import { advanceFamily, SESSION_FAMILY } from "../sessions/family";
import { isGenuine, type ParsedRefreshToken, parseRefreshToken } from "../sessions/refresh-token";
import type { UserSummary } from "../users/users";
import { type SessionAnswer, sessionAnswer } from "./session-answer";

interface Family {
  id: string;
  userId: string;
  salt: Uint8Array;
  counter: number;
  /** Neither ended nor expired, and the user may still come in. */
  live: boolean;
  email: string | null;
  emailVerifiedAt: Date | null;
  name: string | null;
  userCreatedAt: Date;
}

async function findFamily(appId: string, sessionId: string): Promise<Family | null> {
  const [row] = await prepared<Family>(
    "session-family",
    `SELECT s."id", s."userId", s."salt", s."counter",
       s."revokedAt" IS NULL AND s."expiresAt" > now() AND s."idleExpiresAt" > now() AND u."disabledAt" IS NULL AS "live",
       u."email", u."emailVerifiedAt", u."name", u."createdAt" AS "userCreatedAt"
     FROM "Session" s JOIN "User" u ON u."appId" = s."appId" AND u."id" = s."userId"
     WHERE s."appId" = $1 AND s."id" = $2 AND s."kind" = 'api'`,
    [appId, sessionId],
  );
  return row ?? null;
}

function isOfFamily(app: App, parsed: ParsedRefreshToken, session: Family): boolean {
  return isGenuine(parsed, { appId: app.id, familyId: session.id, clientId: app.id, salt: session.salt });
}

/** A token that was used up long ago has two owners, and one of them is a thief: the whole family ends. */
async function endStolenFamily(app: App, session: Family): Promise<void> {
  const ended = await endSession(app.id, session.id, "refresh_reuse", { type: "system" });
  if (!ended) return;
  await recordRejection(app.id, {
    type: "session.refresh_reused",
    outcome: "failure",
    actor: { type: "user", id: session.userId },
    userId: session.userId,
    sessionId: session.id,
    reason: "refresh_token_reused",
    explanation: {
      section: "RFC 9700 §4.14.2",
      remedy:
        "The user must sign in again. Store each new refresh_token in place of the old one, and never use one twice.",
    },
  });
}

function failGrant(): never {
  fail(401, "invalid_grant", "The refresh token is unknown, used up, expired or revoked. Sign the user in again.");
}

async function recordRepetition(app: App, session: Family): Promise<void> {
  await recordRejection(app.id, {
    type: "session.refresh_repeated",
    outcome: "success",
    actor: { type: "user", id: session.userId },
    userId: session.userId,
    sessionId: session.id,
    reason: "refresh_repeated_within_grace",
  });
}

/** A new session answer for a refresh token, which is used up by it; 401 `invalid_grant` for any other. */
export async function refresh(app: App, token: string): Promise<SessionAnswer> {
  const parsed = parseRefreshToken(token);
  if (!parsed || parsed.appId !== app.id) failGrant();
  const session = await findFamily(app.id, parsed.familyId);
  if (!session?.live || !isOfFamily(app, parsed, session) || parsed.counter > session.counter) failGrant();
  const family = {
    appId: app.id,
    id: session.id,
    salt: session.salt,
    idleSeconds: app.settings.session_idle_ttl_seconds,
  };
  const moved = await advanceFamily(SESSION_FAMILY, family, parsed.counter);
  if (!moved) {
    // Only a token that is really behind betrays anything; a family that ended meanwhile does not.
    const current = await findFamily(app.id, session.id);
    if (current?.live && parsed.counter < current.counter) await endStolenFamily(app, current);
    failGrant();
  }
  if (!moved.advanced) await recordRepetition(app, session);
  const user = {
    ...session,
    id: session.userId,
    createdAt: session.userCreatedAt,
    disabledAt: null,
  } satisfies UserSummary;
  return sessionAnswer(app, { ...session, counter: moved.counter }, user);
}

/**
 * Ends the session of a refresh token. One that has ended already is no error (RFC 7009 §2.2); a token that was never ours for this App
 * is, so that a mixed-up backend notices.
 */
export async function signOutByRefreshToken(app: App, token: string): Promise<void> {
  const parsed = parseRefreshToken(token);
  if (!parsed || parsed.appId !== app.id) failGrant();
  const session = await findFamily(app.id, parsed.familyId);
  if (!session?.live) return;
  if (!isOfFamily(app, parsed, session)) failGrant();
  await endSession(app.id, session.id, "logout", { type: "user", id: session.userId });
}
