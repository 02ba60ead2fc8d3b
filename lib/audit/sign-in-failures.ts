/** Failed sign-ins of an app: in the last hour, and in an average hour of the week before. */
import { pool } from "../database/client";
import { firstIdAt } from "../ids";

export interface SignInFailures {
  lastHour: number;
  /** The average of the week before. */
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
