/** Daily, weekly and monthly active users: how many signed in last within 1, 7 and 30 days. */
import { now } from "../clock";
import { db, Prisma } from "../database/client";
import { KIND, SIGNED_IN_KINDS } from "./search";

export interface ActiveUsers {
  day: number;
  week: number;
  month: number;
}

/** Counting stops here: readers only need "10,000+". */
export const MANY_ACTIVE_USERS = 10_000;

/** Reads each kind of user from an index by the last sign-in, the latest first. */
export async function countActiveUsers(appId: string): Promise<ActiveUsers> {
  const end = now();
  const queries = SIGNED_IN_KINDS.map(
    (kind) => Prisma.sql`(SELECT u."lastSignInAt" FROM "User" u
      WHERE u."appId" = ${appId} AND ${KIND} = ${Prisma.raw(String(kind))} AND u."lastSignInAt" >= ${end}::timestamptz - interval '30 days'
      ORDER BY u."lastSignInAt" DESC LIMIT ${MANY_ACTIVE_USERS})`,
  );
  const [row] = await db().$queryRaw<ActiveUsers[]>`
    SELECT count(*) FILTER (WHERE "lastSignInAt" >= ${end}::timestamptz - interval '1 day')::int AS "day",
      count(*) FILTER (WHERE "lastSignInAt" >= ${end}::timestamptz - interval '7 days')::int AS "week",
      count(*)::int AS "month"
    FROM (SELECT * FROM (${Prisma.join(queries, " UNION ALL ")}) u ORDER BY "lastSignInAt" DESC LIMIT ${MANY_ACTIVE_USERS}) active`;
  return row ?? { day: 0, week: 0, month: 0 };
}
