/**
 * Removes what has expired, in small batches that step around rows in use, so it never stands in anybody's way. Several
 * processes may tick at once.
 */
import { pool } from "../db";

const BATCH = 500;
const BATCHES_PER_TICK = 20;

/** Table → which rows are of no more use. */
const EXPIRED: Record<string, string> = {
  OneTimeToken: `"expiresAt" < now() - interval '1 day'`,
  AuthorizationRequest: `"expiresAt" < now()`,
  // A used code answers for its grant as long as that lives, and goes with it.
  AuthorizationCode: `"expiresAt" < now() - interval '1 hour' AND "grantId" IS NULL`,
  Grant: `"expiresAt" < now() - interval '1 day'`,
  Session: `"expiresAt" < now() - interval '1 day'`,
  RevokedToken: `"expiresAt" < now()`,
  AttemptCounter: `"expiresAt" < now()`,
  IdempotencyKey: `"expiresAt" < now()`,
  Mail: `"createdAt" < now() - interval '30 days' AND "nextAttemptAt" IS NULL`,
};

const EXPIRED_EVENTS = `"createdAt" < now() - make_interval(days =>
  coalesce((SELECT (a."settings"->>'audit_retention_days')::int FROM "App" a WHERE a."id" = "AuditEvent"."appId"), 90))`;

async function removeBatch(table: string, condition: string): Promise<number> {
  const rows = `SELECT ctid FROM "${table}" WHERE ${condition} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;
  const result = await pool().query(`DELETE FROM "${table}" WHERE ctid = ANY(ARRAY(${rows}))`);
  return result.rowCount ?? 0;
}

/** Removes what has expired. → rows removed, by table. */
export async function removeExpired(): Promise<Record<string, number>> {
  const removed: Record<string, number> = {};
  for (const [table, condition] of [...Object.entries(EXPIRED), ["AuditEvent", EXPIRED_EVENTS] as const]) {
    for (let batch = 0; batch < BATCHES_PER_TICK; batch++) {
      const count = await removeBatch(table, condition);
      removed[table] = (removed[table] ?? 0) + count;
      if (count < BATCH) break;
    }
  }
  return removed;
}
