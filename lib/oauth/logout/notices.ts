/**
 * Notices of back-channel logout (OIDC Back-Channel Logout 1.0 §2.5): one row per client that got
 * an ID token in a session. A trigger marks the rows of a session that is revoked or deleted. Until
 * then, a row is due when its session may have expired.
 */
import { prepared } from "../../database/client";

/** When a delivery is tried, in seconds after the end of the session. */
export const ATTEMPTS_AT_SECONDS = [0, 5, 30, 120, 600, 3600, 6 * 3600, 24 * 3600];

/** Longer than a request may take. Another process takes over the notices of one that stopped. */
const LEASE_SECONDS = 60;

/** For a session that ended while the notice was being written, which the trigger then missed. */
const FIRST_LOOK_SECONDS = 60;

/**
 * SQL that writes the notice of an ID token, from columns of the table `from`: "client", "logout"
 * (whether the client wants notices), and those that `columns` names. `subject` is an expression.
 */
export function insertNotice(from: string, columns: { session: string; subject: string; scopes: string }): string {
  const { session, subject, scopes } = columns;
  return `INSERT INTO "LogoutNotice" ("appId", "sid", "clientId", "sessionId", "subject", "nextAttemptAt")
    SELECT $1, "${session}", "client", "${session}", ${subject}, now() + interval '${FIRST_LOOK_SECONDS} seconds'
    FROM ${from} WHERE "logout" AND 'openid' = ANY("${scopes}") AND "${session}" IS NOT NULL
    ON CONFLICT DO NOTHING`;
}

export interface DueNotice {
  appId: string;
  clientId: string;
  sid: string;
  subject: string;
  attempts: number;
}

/**
 * Leases due notices of ended sessions. A notice whose session is still active is due again when
 * the session expires. `busy` are apps, and clients as app/client, that keep enough requests waiting.
 */
export async function leaseNotices(
  limit: number,
  busy: { clients: string[]; apps: string[] },
): Promise<{ due: DueNotice[]; seen: number }> {
  const rows = await prepared<DueNotice & { ended: boolean }>(
    "logout-lease",
    `WITH due AS (
       SELECT n."appId", n."sid", n."clientId", (SELECT least(s."idleExpiresAt", s."expiresAt") FROM "Session" s
         WHERE s."appId" = n."appId" AND s."id" = n."sessionId" AND s."revokedAt" IS NULL AND n."endedAt" IS NULL
           AND s."idleExpiresAt" > now() AND s."expiresAt" > now()) AS "until"
       FROM "LogoutNotice" n WHERE n."nextAttemptAt" <= now() AND n."appId" || '/' || n."clientId" <> ALL ($2::text[])
         AND n."appId" <> ALL ($3::text[])
       ORDER BY n."nextAttemptAt" LIMIT $1 FOR UPDATE OF n SKIP LOCKED
     )
     UPDATE "LogoutNotice" n SET
       "endedAt" = CASE WHEN due."until" IS NULL THEN coalesce(n."endedAt", now()) END,
       "attempts" = n."attempts" + CASE WHEN due."until" IS NULL THEN 1 ELSE 0 END,
       "nextAttemptAt" = coalesce(due."until", now() + interval '${LEASE_SECONDS} seconds')
     FROM due WHERE n."appId" = due."appId" AND n."sid" = due."sid" AND n."clientId" = due."clientId"
     RETURNING n."appId", n."clientId", n."sid", n."subject", n."attempts", n."endedAt" IS NOT NULL AS "ended"`,
    [limit, busy.clients, busy.apps],
  );
  return { due: rows.filter(({ ended }) => ended), seen: rows.length };
}

function keyOf({ appId, sid, clientId }: DueNotice): string[] {
  return [appId, sid, clientId];
}

const BY_KEY = `"appId" = $1 AND "sid" = $2 AND "clientId" = $3`;

export async function removeNotice(notice: DueNotice): Promise<void> {
  await prepared("logout-done", `DELETE FROM "LogoutNotice" WHERE ${BY_KEY}`, keyOf(notice));
}

/** Schedules the next attempt. → whether there is one */
export async function retryNotice(notice: DueNotice): Promise<boolean> {
  const seconds = ATTEMPTS_AT_SECONDS[notice.attempts];
  if (seconds === undefined) {
    await removeNotice(notice);
    return false;
  }
  await prepared(
    "logout-retry",
    `UPDATE "LogoutNotice" SET "nextAttemptAt" = greatest("endedAt" + make_interval(secs => $4::int), now() + interval '1 second')
     WHERE ${BY_KEY}`,
    [...keyOf(notice), seconds],
  );
  return true;
}
