/** Refreshing a direct session, and signing out by its refresh token. Rotation as in RFC 9700 §4.14.2, without a row per token. */
import type { App } from "../apps/apps";
import { inApp } from "../database/by-key";
import { prepared } from "../database/client";
import { type Condition, requireConditions } from "../database/conditions";
import { fail } from "../errors";
import { isActive } from "../refresh/active";
import { familyConditions, familyRotation } from "../refresh/family";
import {
  recordRepeatedUse,
  revokeReusedFamily,
  rotationConditions,
  SESSION_FAMILY,
  type TokenUse,
} from "../refresh/policy";
import { isGenuine, type ParsedRefreshToken, parseRefreshToken } from "../refresh/token";
import { revokeSession } from "../sessions/revoke";
import type { UserSummary } from "../users/user-views";
import { type SessionResponse, sessionResponse } from "./session-response";

interface SessionRow {
  id: string;
  userId: string;
  salt: Uint8Array;
  authTime: Date;
  acr: string | null;
  amr: string[];
  email: string | null;
  emailVerifiedAt: Date | null;
  name: string | null;
  userCreatedAt: Date;
}

const COLUMNS = `f."id", f."userId", f."salt", f."authTime", f."acr", f."amr", u."email", u."emailVerifiedAt", u."name", u."createdAt" AS "userCreatedAt"`;

interface RefreshFailure {
  app: App;
  session: SessionRow;
}

function failRefresh(): never {
  fail(401, "invalid_grant", "The refresh token is unknown, used up, expired or revoked. Sign the user in again.");
}

function tokenUse({ app, session }: RefreshFailure): TokenUse {
  const { id: sessionId, userId } = session;
  return { appId: app.id, actor: { type: "user", id: userId }, userId, sessionId };
}

/** In the order of the checks: only a genuine token of an active session can betray a reuse. */
const CONDITIONS: Condition<RefreshFailure>[] = [
  { name: "direct_session", sql: `f."kind" = 'api'`, fail: failRefresh },
  ...familyConditions(failRefresh),
  ...rotationConditions<RefreshFailure>(SESSION_FAMILY, {
    fail: failRefresh,
    revokeReused: (failure) =>
      revokeReusedFamily(SESSION_FAMILY, tokenUse(failure), () =>
        revokeSession(failure.app.id, {
          sessionId: failure.session.id,
          reason: "refresh_reuse",
          by: { type: "system" },
        }),
      ),
  }),
];

const rotate = familyRotation<object, SessionRow>(SESSION_FAMILY, {
  types: {},
  conditions: CONDITIONS,
  columns: COLUMNS,
});

/** A refresh token of this app's direct sessions, which may be revoked. 401 `invalid_grant` for any other text. */
function requireGenuine(app: App, token: string): ParsedRefreshToken {
  const parsed = parseRefreshToken(token);
  return parsed && isGenuine(parsed, { appId: app.id, clientId: app.id }) ? parsed : failRefresh();
}

/** Exchanges a refresh token for a new access token and the next refresh token. 401 `invalid_grant` when it is not valid. */
export async function refresh(app: App, token: string): Promise<SessionResponse> {
  const { familyId: id, salt, counter } = requireGenuine(app, token);
  const family = { appId: app.id, id, salt, idleSeconds: app.settings.session_idle_ttl_seconds };
  const session = (await rotate(family, counter, {})) ?? failRefresh();
  await requireConditions(CONDITIONS, session, { app, session });
  if (!session.advanced) await recordRepeatedUse(SESSION_FAMILY, tokenUse({ app, session }));
  const user = {
    ...session,
    id: session.userId,
    createdAt: session.userCreatedAt,
    disabledAt: null,
    factors: [],
  } satisfies UserSummary;
  return sessionResponse(app, session, user);
}

/**
 * Signs out by a refresh token. A session that has already ended is no error (RFC 7009 §2.2). A token that Foyer never issued for
 * this app is an error, so that a backend with the wrong app or token notices.
 */
export async function signOutByRefreshToken(app: App, token: string): Promise<void> {
  const { familyId: id, salt } = requireGenuine(app, token);
  const [session] = await prepared<{ userId: string }>(
    "session-of-token",
    `SELECT f."userId" FROM "Session" f
     WHERE ${inApp("f")} AND f."id" = $2 AND f."salt" = $3 AND f."kind" = 'api' AND ${isActive("f")}`,
    [app.id, id, salt],
  );
  if (!session) return;
  await revokeSession(app.id, { sessionId: id, reason: "logout", by: { type: "user", id: session.userId } });
}
