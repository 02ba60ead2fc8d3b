/**
 * Deletes expired rows in small batches that skip locked rows, so that requests never wait for it.
 * Several processes may run it at once.
 */
import { pool } from "../database/client";
import { isActive } from "../refresh/active";

const BATCH = 500;
const BATCHES_PER_TICK = 20;

/** Table → condition of the rows to delete. */
const EXPIRED: Record<string, string> = {
  OneTimeToken: `"expiresAt" < now() - interval '1 day'`,
  AuthorizationRequest: `"expiresAt" < now()`,
  DeviceCode: `"expiresAt" < now() - interval '1 hour'`,
  // The row of a used code is deleted with its grant: see below.
  AuthorizationCode: `"expiresAt" < now() - interval '1 hour' AND "grantId" IS NULL`,
  Grant: `"expiresAt" < now() - interval '1 day'`,
  Session: `"expiresAt" < now() - interval '1 day'`,
  RememberedDevice: `"expiresAt" < now()`,
  RevokedToken: `"expiresAt" < now()`,
  UsedToken: `"expiresAt" < now()`,
  AttemptCounter: `"expiresAt" < now()`,
  IdempotencyKey: `"expiresAt" < now()`,
  Mail: `"createdAt" < now() - interval '30 days' AND "nextAttemptAt" IS NULL`,
};

interface Outlived {
  table: string;
  /** Which rows of a table `t` exceed the retention of an app `a`. */
  condition: string;
  /**
   * The time column that follows the app in an index. Ordering by it keeps PostgreSQL from scanning
   * the whole table.
   */
  by: string;
}

/** Deleted app by app, with one index lookup per app. */
const OUTLIVED: Outlived[] = [
  {
    table: "AuditEvent",
    condition: `t."createdAt" < now() - make_interval(days => coalesce((a."settings"->>'audit_retention_days')::int, 90))`,
    by: `t."createdAt"`,
  },
  // The overview shows two days by hour and two months by day.
  { table: "EventCount", condition: `t."unit" = 'hour' AND t."start" < now() - interval '8 days'`, by: `t."start"` },
  { table: "EventCount", condition: `t."unit" = 'day' AND t."start" < now() - interval '800 days'`, by: `t."start"` },
];

function expiredRows(table: string, condition: string): string {
  return `SELECT ctid FROM "${table}" WHERE ${condition} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;
}

function outlivedRows({ table, condition, by }: Outlived): string {
  const ofApp = `SELECT t.ctid FROM "${table}" t WHERE t."appId" = a."id" AND ${condition} ORDER BY ${by} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;
  return `SELECT r.ctid FROM "App" a CROSS JOIN LATERAL (${ofApp}) r LIMIT ${BATCH}`;
}

/** Also done with the rows `removed`. */
const WITH_REMOVED: Record<string, string[]> = {
  Grant: [
    // The row of a used code is kept as long as its grant, so that a late replay is detected.
    `DELETE FROM "AuthorizationCode" c USING removed r WHERE c."appId" = r."appId" AND c."userId" = r."userId" AND c."grantId" = r."id"`,
    // A connected application keeps the time of its last use.
    `UPDATE "Consent" k SET "lastUsedAt" = greatest(k."lastUsedAt", r.at)
     FROM (SELECT "appId", "userId", "clientId", max("lastUsedAt") AS at FROM removed GROUP BY 1, 2, 3) r
     WHERE k."appId" = r."appId" AND k."userId" = r."userId" AND k."clientId" = r."clientId"`,
  ],
};

async function removeBatch(table: string, rows: string): Promise<number> {
  const remove = `DELETE FROM "${table}" WHERE ctid = ANY(ARRAY(${rows}))`;
  const also = (WITH_REMOVED[table] ?? []).map((statement, index) => `also_${index} AS (${statement})`);
  if (also.length === 0) return (await pool().query(remove)).rowCount ?? 0;
  const result = await pool().query(
    `WITH removed AS (${remove} RETURNING *), ${also.join(", ")} SELECT count(*)::int AS "count" FROM removed`,
  );
  return result.rows[0].count;
}

/** A due client that is in use, or whose app no longer has an open registration, is checked again in a day. */
const UNUSED_CLIENTS = `WITH due AS (
    SELECT c."appId", c."id",
      (a."settings"->>'registration' = 'open' OR a."settings"->>'mcp' = 'true' OR c."source" = 'cimd') IS TRUE
        AND coalesce(c."lastUsedAt", c."createdAt") < now() - interval '1 day'
        AND NOT EXISTS (SELECT 1 FROM "Grant" g WHERE g."appId" = c."appId" AND g."clientId" = c."id" AND ${isActive("g")})
        AND NOT EXISTS (SELECT 1 FROM "AuthorizationCode" k WHERE k."appId" = c."appId" AND k."clientId" = c."id" AND k."expiresAt" > now())
        AND NOT EXISTS (SELECT 1 FROM "AuthorizationRequest" r WHERE r."appId" = c."appId" AND r."clientId" = c."id" AND r."expiresAt" > now())
        AS "unused"
    FROM "OAuthClient" c JOIN "App" a ON a."id" = c."appId"
    WHERE c."checkUnusedAt" < now() ORDER BY c."checkUnusedAt" LIMIT ${BATCH} FOR UPDATE OF c SKIP LOCKED
  ), kept AS (
    UPDATE "OAuthClient" c SET "checkUnusedAt" = now() + interval '1 day' FROM due d
    WHERE NOT d."unused" AND c."appId" = d."appId" AND c."id" = d."id"
  ), removed AS (
    DELETE FROM "OAuthClient" c USING due d WHERE d."unused" AND c."appId" = d."appId" AND c."id" = d."id" RETURNING 1
  )
  SELECT (SELECT count(*)::int FROM due) AS "due", (SELECT count(*)::int FROM removed) AS "removed"`;

/** Clients of an open registration, and metadata documents, that have no active grant (RFC 7591 §5). */
async function removeUnusedClients(): Promise<number> {
  let total = 0;
  for (let batch = 0; batch < BATCHES_PER_TICK; batch++) {
    const [{ due, removed } = { due: 0, removed: 0 }] = (await pool().query(UNUSED_CLIENTS)).rows;
    total += removed;
    if (due < BATCH) break;
  }
  return total;
}

/** Returns the number of deleted rows per table. */
export async function removeExpired(): Promise<Record<string, number>> {
  const removed: Record<string, number> = {};
  const queries = [
    ...Object.entries(EXPIRED).map(([table, condition]) => [table, expiredRows(table, condition)] as const),
    ...OUTLIVED.map((outlived) => [outlived.table, outlivedRows(outlived)] as const),
  ];
  for (const [table, rows] of queries) {
    for (let batch = 0; batch < BATCHES_PER_TICK; batch++) {
      const count = await removeBatch(table, rows);
      removed[table] = (removed[table] ?? 0) + count;
      if (count < BATCH) break;
    }
  }
  removed.OAuthClient = await removeUnusedClients();
  return removed;
}
