/** What goes wrong at an App lately: refused requests by what is wrong with them, and whether more sign-ins fail than usual. */
import { pool } from "../database/client";
import { firstIdAt } from "../ids";

export interface Refusals {
  /** The newest of them. */
  eventId: string;
  clientId: string | null;
  /** OAuth's code. */
  reason: string | null;
  /** What was wrong, as it was explained. */
  description: string | null;
  count: number;
}

/** More rows than these are not added up; whoever has so many finds them all the same. */
const MOST = 5000;

/** The commonest kinds of refused requests since then, the most frequent first. Not prepared: see ./counts.ts. */
export async function listRefusals(appId: string, since: Date, limit: number): Promise<Refusals[]> {
  const { rows } = await pool().query<Refusals>(
    `SELECT max(e."id") AS "eventId", e."clientId", e."reason", e."description", sum(e."count")::int AS "count" FROM (
       SELECT "id", "clientId", "reason", "explanation"->>'description' AS "description", "count" FROM "AuditEvent"
       WHERE "appId" = $1 AND "type" = 'oauth.rejected' AND "id" >= $2 ORDER BY "id" DESC LIMIT ${MOST}) e
     GROUP BY 2, 3, 4 ORDER BY 5 DESC LIMIT $3`,
    [appId, firstIdAt("evt", since), limit],
  );
  return rows;
}

export interface SignInFailures {
  lastHour: number;
  /** Of the week before, on average. */
  usualHour: number;
}

export async function countSignInFailures(appId: string, now: Date): Promise<SignInFailures> {
  const hourAgo = new Date(now.getTime() - 3_600_000);
  const weekAgo = new Date(now.getTime() - 7 * 24 * 3_600_000);
  const { rows } = await pool().query<SignInFailures>(
    `SELECT
       (SELECT coalesce(sum("count"), 0)::int FROM "AuditEvent"
         WHERE "appId" = $1 AND "type" = 'user.sign_in_failed' AND "id" >= $2) AS "lastHour",
       (SELECT (coalesce(sum("count"), 0) / (7 * 24.0))::float8 FROM "EventCount"
         WHERE "appId" = $1 AND "unit" = 'hour' AND "start" >= $3 AND "start" < $4 AND "type" = 'user.sign_in_failed') AS "usualHour"`,
    [appId, firstIdAt("evt", hourAgo), weekAgo, hourAgo],
  );
  return rows[0] ?? { lastHour: 0, usualHour: 0 };
}
