/** The most frequent rejected OAuth requests of an app, grouped by what was wrong. */
import { pool } from "../database/client";
import { firstIdAt } from "../ids";

export interface FrequentRejection {
  /** The newest event of the group. */
  eventId: string;
  clientId: string | null;
  /** The OAuth error code. */
  reason: string | null;
  /** The explanation's description. */
  description: string | null;
  count: number;
}

/** Only the newest rows are counted: enough to find the most frequent rejections. */
const MAX_ROWS = 5000;

/**
 * The most frequent kinds of rejected requests since a time. Not prepared, because a generic plan
 * would read the whole table.
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
