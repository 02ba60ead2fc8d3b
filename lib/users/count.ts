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
