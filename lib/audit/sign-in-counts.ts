/** Sign-ins per day of several apps at once, from the event counts (event-counts.ts), in UTC. */
import { nowMs } from "../clock";
import { prepared } from "../database/client";
import { countedUntil } from "./event-counts";

const DAY_MS = 24 * 3_600_000;

/** Sign-ins beyond this number wait until their hour is counted. */
const MOST_UNCOUNTED = 10_000;

function counted(unit: "hour" | "day", start: string): string {
  return `SELECT "start" AS "at", "count" FROM "EventCount" WHERE "appId" = a."id" AND "unit" = '${unit}' AND "start" >= ${start}
    AND "type" = 'user.signed_in' AND "detail" NOT IN ('failure', 'rejected')`;
}

/** The successful sign-ins of the last `days` days, oldest first; the last one is today. */
export async function countSignIns(appIds: string[], days: number): Promise<Map<string, number[]>> {
  const from = Math.floor(nowMs() / DAY_MS) * DAY_MS - (days - 1) * DAY_MS;
  const rows = await prepared<{ appId: string; day: Date; count: number }>(
    "sign-ins-of-apps",
    `SELECT a."id" AS "appId", date_trunc('day', c."at", 'UTC') AS "day", sum(c."count")::int AS "count"
     FROM unnest($1::text[]) AS a("id")
     CROSS JOIN LATERAL (SELECT greatest($2, ${countedUntil("day", 'a."id"')}) AS "day",
       greatest($2, ${countedUntil("hour", 'a."id"')}) AS "hour") AS ends
     CROSS JOIN LATERAL (
       ${counted("day", "$2")}
       UNION ALL ${counted("hour", 'ends."day"')}
       UNION ALL (SELECT e."createdAt", e."count" FROM "AuditEvent" e WHERE e."appId" = a."id"
         AND e."createdAt" >= greatest(ends."day", ends."hour") AND e."type" = 'user.signed_in' AND e."outcome" = 'success'
         LIMIT ${MOST_UNCOUNTED})) AS c
     GROUP BY 1, 2`,
    [appIds, new Date(from)],
  );
  const counts = new Map(appIds.map((id) => [id, new Array<number>(days).fill(0)]));
  for (const { appId, day, count } of rows) {
    const values = counts.get(appId);
    const index = (day.getTime() - from) / DAY_MS;
    if (values && index < days) values[index] = count;
  }
  return counts;
}
