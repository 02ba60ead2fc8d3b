/**
 * What goes wrong at an App lately: refused requests by what is wrong with them, and whether more
 * sign-ins fail than usual.
 */
import { pool } from "../database/client";
import { firstIdAt } from "../ids";

export interface FrequentRejection {
  /** The newest of them. */
  eventId: string;
  clientId: string | null;
  /** OAuth's code. */
  reason: string | null;
  /** What was wrong, as it was explained. */
  description: string | null;
  count: number;
}

/** Only the newest rows are counted: enough to find the most frequent rejections. */
const MAX_ROWS = 5000;

/**
 * The commonest kinds of refused requests since then, the most frequent first. Not prepared: see
 * ./counts.ts.
 */
export async function listFrequentRejections(appId: string, since: Date, limit: number): Promise<FrequentRejection[]> {
  const { rows } = await pool().query<FrequentRejection>(
    `SELECT max(e."id") AS "eventId", e."clientId", e."reason", e."description", sum(e."count")::int AS "count" FROM (
       SELECT "id", "clientId", "reason", "explanation"->>'description' AS "description", "count" FROM "AuditEvent"
       WHERE "appId" = $1 AND "type" = 'oauth.rejected' AND "id" >= $2 ORDER BY "id" DESC LIMIT ${MAX_ROWS}) e
     GROUP BY 2, 3, 4 ORDER BY 5 DESC LIMIT $3`,
    [appId, firstIdAt("evt", since), limit],
  );
  return rows;
}
