/**
 * Event counts per hour and day, for plots. Each hour and day is counted once, after it has ended,
 * so that a plot of a year is as quick as one of a day, and the counts outlive the events. The
 * current hour and day are counted on request.
 */
import { nowMs } from "../clock";
import { pool, prepared } from "../database/client";
import { processState } from "../process-state";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/**
 * After this time, every event of an hour is committed, even if a machine's clock is a little slow.
 */
const SETTLED_MS = 2 * 60_000;

/** The maximum number of days that one run counts per app, after downtime or an upgrade. */
const DAYS_PER_TICK = 31;

/** The number of users who signed in. It can't be added up from the counts of smaller units. */
export const ACTIVE_USERS = "users.active";

export type Unit = "hour" | "day";

/** Event counts in `range`, by `unit` in UTC. `$1` is the app. */
function eventsBy(unit: Unit, range: string): string {
  return `SELECT '${unit}' AS "unit", date_trunc('${unit}', e."createdAt", 'UTC') AS "start", e."type",
      CASE WHEN e."outcome" <> 'success' THEN e."outcome"
        WHEN e."type" IN ('user.signed_in', 'user.signed_up') THEN coalesce(e."explanation"->>'method', '') ELSE '' END AS "detail",
      sum(e."count")::int AS "count"
    FROM "AuditEvent" e WHERE e."appId" = $1 AND ${range} GROUP BY 2, 3, 4`;
}

/**
 * Selects the distinct users first and counts then: hashing takes a third of the time that
 * `count(DISTINCT …)` needs for sorting.
 */
function activeUsersBy(unit: Unit, range: string): string {
  return `SELECT '${unit}' AS "unit", p."start", '${ACTIVE_USERS}' AS "type", '' AS "detail", count(*)::int AS "count" FROM (
      SELECT DISTINCT date_trunc('${unit}', e."createdAt", 'UTC') AS "start", e."userId" FROM "AuditEvent" e
      WHERE e."appId" = $1 AND e."type" = 'user.signed_in' AND e."userId" IS NOT NULL AND ${range}) p GROUP BY 2`;
}

/** The end of the last counted hour or day of an app. */
export function countedUntil(unit: Unit, appId: string): string {
  return `(SELECT max("start") + interval '1 ${unit}' FROM "EventCount" WHERE "appId" = ${appId} AND "unit" = '${unit}')`;
}

interface UncountedApp {
  appId: string;
  /** The first event that isn't counted yet. */
  from: Date;
}

/** Apps with uncounted events before `until`. One index lookup per app. */
async function findUncountedApps(until: Date): Promise<UncountedApp[]> {
  return prepared<UncountedApp>(
    "event-counts-waiting",
    `SELECT a."id" AS "appId", f."from" FROM "App" a CROSS JOIN LATERAL (
       SELECT min(e."createdAt") AS "from" FROM "AuditEvent" e WHERE e."appId" = a."id" AND e."createdAt" < $1
         AND e."createdAt" >= coalesce(greatest(${countedUntil("hour", 'a."id"')}, ${countedUntil("day", 'a."id"')}), '-infinity')) f
     WHERE f."from" IS NOT NULL`,
    [until],
  );
}

/**
 * Counts the hours of one day of an app up to `until`, and the day itself if it has ended. Running
 * it twice has the same result.
 */
async function countDay({ appId, from }: UncountedApp, until: Date): Promise<void> {
  const hour = new Date(Math.floor(from.getTime() / HOUR_MS) * HOUR_MS);
  const day = new Date(Math.floor(from.getTime() / DAY_MS) * DAY_MS);
  const midnight = new Date(day.getTime() + DAY_MS);
  const isOver = midnight <= until;
  const between = (start: string, end: string) => `e."createdAt" >= ${start} AND e."createdAt" < ${end}`;
  const hours = between("$2", "$3");
  const whole = `$5 AND ${between("$4", "$3")}`;
  await pool().query(
    `INSERT INTO "EventCount" ("appId", "unit", "start", "type", "detail", "count")
     SELECT $1, c.* FROM (
       ${eventsBy("hour", hours)} UNION ALL ${activeUsersBy("hour", hours)}
       UNION ALL ${eventsBy("day", whole)} UNION ALL ${activeUsersBy("day", whole)}) c
     WHERE EXISTS (SELECT 1 FROM "App" WHERE "id" = $1)
     ON CONFLICT ("appId", "unit", "start", "type", "detail") DO UPDATE SET "count" = EXCLUDED."count"`,
    [appId, hour, isOver ? midnight : until, day, isOver],
  );
}

const state = processState("event-counts", () => ({ until: 0 }));

/**
 * Counts the hours and days that have ended since the last run. Several processes may run it at
 * once.
 */
export async function countEvents(): Promise<void> {
  const until = Math.floor((nowMs() - SETTLED_MS) / HOUR_MS) * HOUR_MS;
  if (state.until === until) return;
  for (let round = 0; round < DAYS_PER_TICK; round++) {
    const waiting = await findUncountedApps(new Date(until));
    if (waiting.length === 0) {
      state.until = until;
      return;
    }
    for (const one of waiting) await countDay(one, new Date(until));
  }
}

export interface Count {
  /** The start of the hour or day. */
  start: Date;
  type: string;
  detail: string;
  count: number;
}

/** Up to when an app's hours and days are counted, but not before `from`. */
async function findCountedUntil(appId: string, from: Date): Promise<{ hour: Date; day: Date }> {
  const [ends] = await prepared<{ hour: Date; day: Date }>(
    "event-counts-ends",
    `SELECT greatest($2, ${countedUntil("hour", "$1")}) AS "hour", greatest($2, ${countedUntil("day", "$1")}) AS "day"`,
    [appId, from],
  );
  return ends ?? { hour: from, day: from };
}

/** Event counts since `from`, the start of an hour or day, by hour or day in UTC, up to now. */
export async function readCounts(appId: string, from: Date, unit: Unit): Promise<Count[]> {
  const ends = await findCountedUntil(appId, from);
  // Adds the counted hours of the current day, and the uncounted events since. The bounds keep
  // events that are counted meanwhile from being added twice.
  const hoursFrom = unit === "hour" ? from : ends.day;
  const peopleFrom = unit === "hour" ? ends.hour : ends.day;
  // Not prepared: a generic plan for any bounds would read the whole table.
  const { rows } = await pool().query<Count>(
    `SELECT date_trunc('${unit}', "start", 'UTC') AS "start", "type", "detail", sum("count")::int AS "count" FROM (
       SELECT "start", "type", "detail", "count" FROM "EventCount" WHERE "appId" = $1 AND "unit" = '${unit}' AND "start" >= $2 AND "start" < $5
       UNION ALL SELECT "start", "type", "detail", "count" FROM "EventCount"
         WHERE '${unit}' = 'day' AND "appId" = $1 AND "unit" = 'hour' AND "start" >= $3 AND "start" < $4 AND "type" <> '${ACTIVE_USERS}'
       UNION ALL SELECT "start", "type", "detail", "count" FROM (${eventsBy(unit, `e."createdAt" >= $4`)}) e
       UNION ALL SELECT "start", "type", "detail", "count" FROM (${activeUsersBy(unit, `e."createdAt" >= $5`)}) p
     ) c GROUP BY 1, 2, 3`,
    [appId, from, hoursFrom, ends.hour, peopleFrom],
  );
  return rows;
}
