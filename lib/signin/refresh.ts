/** Refreshing a direct session, and ending it by its refresh token (RFC 9700 §4.14.2, without a row per token). */
import type { App } from "../apps/apps";
import { recordRejection } from "../audit/events";
import { prepared } from "../database/client";
import { fail } from "../errors";
import { isActive } from "../refresh/active";
import { familyAdvance, SESSION_FAMILY } from "../refresh/family";
import { isGenuine, type ParsedRefreshToken, parseRefreshToken } from "../refresh/token";
import { revokeSession } from "../sessions/revoke";
import type { UserSummary } from "../users/user-views";
import { type SessionResponse, sessionResponse } from "./session-response";

interface SessionRow {
  id: string;
  userId: string;
  salt: Uint8Array;
  email: string | null;
  emailVerifiedAt: Date | null;
  name: string | null;
  userCreatedAt: Date;
}

const COLUMNS = `f."id", f."userId", f."salt", u."email", u."emailVerifiedAt", u."name", u."createdAt" AS "userCreatedAt"`;

interface FamilyRow {
  id: string;
  userId: string;
  counter: number;
  /** Neither ended nor expired, of the token's salt, and the user may still come in. */
  live: boolean;
}

async function findFamily({ appId, familyId, salt }: ParsedRefreshToken): Promise<FamilyRow | null> {
  const [row] = await prepared<FamilyRow>(
    "session-family",
    `SELECT f."id", f."userId", f."counter", f."salt" = $3 AND ${isActive("f")} AND u."disabledAt" IS NULL AS "live"
     FROM "Session" f JOIN "User" u ON u."appId" = f."appId" AND u."id" = f."userId"
     WHERE f."appId" = $1 AND f."id" = $2 AND f."kind" = 'api'`,
    [appId, familyId, salt],
  );
  return row ?? null;
}

/** A token that we made for a session of this App, living or not; 401 `invalid_grant` for any other. */
function requireGenuine(app: App, token: string): ParsedRefreshToken {
  const parsed = parseRefreshToken(token);
  return parsed && isGenuine(parsed, { appId: app.id, clientId: app.id }) ? parsed : failGrant();
}

/** A token that was used up long ago has two owners, and one of them is a thief: the whole family ends. */
async function endStolenFamily(app: App, session: FamilyRow): Promise<void> {
  const ended = await revokeSession(app.id, session.id, "refresh_reuse", { type: "system" });
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

async function recordRepetition(app: App, session: SessionRow): Promise<void> {
  await recordRejection(app.id, {
    type: "session.refresh_repeated",
    outcome: "success",
    actor: { type: "user", id: session.userId },
    userId: session.userId,
    sessionId: session.id,
    reason: "refresh_repeated_within_grace",
  });
}

const advance = familyAdvance<object, SessionRow>(SESSION_FAMILY, {
  types: {},
  where: `f."kind" = 'api'`,
  returning: COLUMNS,
});

/** A new session answer for a refresh token, which is used up by it; 401 `invalid_grant` for any other. */
export async function refresh(app: App, token: string): Promise<SessionResponse> {
  const parsed = requireGenuine(app, token);
  const { familyId: id, salt, counter } = parsed;
  const family = { appId: app.id, id, salt, idleSeconds: app.settings.session_idle_ttl_seconds };
  const session = await advance(family, counter, {});
  if (!session) {
    // Only a token that is really behind betrays anything; a family that has ended does not.
    const current = await findFamily(parsed);
    if (current?.live && counter < current.counter) await endStolenFamily(app, current);
    return failGrant();
  }
  if (!session.advanced) await recordRepetition(app, session);
  const user = {
    ...session,
    id: session.userId,
    createdAt: session.userCreatedAt,
    disabledAt: null,
  } satisfies UserSummary;
  return sessionResponse(app, session, user);
}

/**
 * Ends the session of a refresh token. One that has ended already is no error (RFC 7009 §2.2); a token that was never ours for this App
 * is, so that a mixed-up backend notices.
 */
export async function signOutByRefreshToken(app: App, token: string): Promise<void> {
  const session = await findFamily(requireGenuine(app, token));
  if (!session?.live) return;
  await revokeSession(app.id, session.id, "logout", { type: "user", id: session.userId });
}
