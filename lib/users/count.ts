/** The number of users of an app, up to a limit. */
import { prepared } from "../database/client";

/** Counting millions of rows takes long, and readers only need "10,000+". */
export const MANY_USERS = 10_000;

export async function countUsers(appId: string): Promise<number> {
  const [row] = await prepared<{ count: number }>(
    "count-users",
    `SELECT count(*)::int AS "count" FROM (SELECT 1 FROM "User" WHERE "appId" = $1 LIMIT ${MANY_USERS}) AS found`,
    [appId],
  );
  return row?.count ?? 0;
}

/** The same for several apps, in one query. */
export async function countUsersOfApps(appIds: string[]): Promise<Map<string, number>> {
  const rows = await prepared<{ appId: string; count: number }>(
    "count-users-of-apps",
    `SELECT a."id" AS "appId", found."count" FROM unnest($1::text[]) AS a("id") CROSS JOIN LATERAL (
       SELECT count(*)::int AS "count" FROM (SELECT 1 FROM "User" WHERE "appId" = a."id" LIMIT ${MANY_USERS}) AS u) AS found`,
    [appIds],
  );
  return new Map(rows.map(({ appId, count }) => [appId, count]));
}
