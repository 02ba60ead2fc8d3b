/**
 * Fills what a search compares, for users that a migration left because they are many. The trigger
 * "User_search" fills it at every insert and change of a name or email address.
 */
import { nowMs } from "../clock";
import { pool } from "../database/client";

const BATCH = 1000;
/** Other tasks of the tick wait for this one. */
const PATIENCE_MS = 20_000;

const FILL = `
  UPDATE "User" u SET "name" = u."name"
  FROM (SELECT "appId", "id" FROM "User" WHERE "searchText" IS NULL
    ORDER BY "appId" DESC, "id" DESC LIMIT ${BATCH} FOR UPDATE SKIP LOCKED) AS missing
  WHERE u."appId" = missing."appId" AND u."id" = missing."id"`;

/** Each batch is a transaction of its own. Finds nothing to do in one index lookup. */
export async function fillSearch(): Promise<number> {
  const start = nowMs();
  let filled = 0;
  for (;;) {
    const { rowCount } = await pool().query(FILL);
    filled += rowCount ?? 0;
    if (!rowCount || nowMs() - start > PATIENCE_MS) return filled;
  }
}
