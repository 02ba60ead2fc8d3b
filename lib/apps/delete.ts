/**
 * Deletion of an app. It takes effect at once. The rows are deleted in batches: immediately for a
 * small app, and minute by minute for one with millions of users.
 */
import { type Actor, recordEvent } from "../audit/events";
import { now } from "../clock";
import { invalidate } from "../database/cache";
import { db, pool, transaction } from "../database/client";
import { fail, failNotFound } from "../errors";
import { TENANT_ZERO } from "../ids";

const BATCH = 1000;
const BATCHES_AT_ONCE = 5;
const APPS_PER_TICK = 20;

/**
 * Tables with too many rows for one statement. The other rows are deleted with the app's own row.
 */
const LARGE_TABLES = ["AuditEvent", "User"];

/** The app's audit trail is deleted with it. An event in tenant zero records who deleted it. */
export async function deleteApp(appId: string, by: Actor): Promise<void> {
  if (appId === TENANT_ZERO) fail(403, "reserved_app", "The app of the developers can't be deleted.");
  await transaction(async (tx) => {
    const { count } = await tx.app.updateMany({ where: { id: appId, disabledAt: null }, data: { disabledAt: now() } });
    if (count === 0) failNotFound("The app");
    // A disabled app without members counts as deleted.
    await tx.appMember.deleteMany({ where: { appId } });
    await recordEvent(tx, TENANT_ZERO, { type: "app.deleted", actor: by, target: { type: "app", id: appId } });
  });
  invalidate(appId);
  await removeRows(appId);
}

async function removeBatch(table: string, appId: string): Promise<number> {
  const rows = `SELECT ctid FROM "${table}" WHERE "appId" = $1 LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;
  const result = await pool().query(`DELETE FROM "${table}" WHERE ctid = ANY(ARRAY(${rows}))`, [appId]);
  return result.rowCount ?? 0;
}

/** Returns whether the app is completely deleted. */
async function removeRows(appId: string): Promise<boolean> {
  for (const table of LARGE_TABLES) {
    let removed = BATCH;
    for (let batch = 0; batch < BATCHES_AT_ONCE && removed === BATCH; batch++)
      removed = await removeBatch(table, appId);
    if (removed === BATCH) return false;
  }
  await db().app.deleteMany({ where: { id: appId, disabledAt: { not: null }, members: { none: {} } } });
  return true;
}

/** Continues to delete the apps that were too large. Returns how many are completely deleted. */
export async function removeDeletedApps(): Promise<number> {
  const apps = await db().app.findMany({
    where: { id: { not: TENANT_ZERO }, disabledAt: { not: null }, members: { none: {} } },
    take: APPS_PER_TICK,
    select: { id: true },
  });
  let gone = 0;
  for (const { id } of apps) if (await removeRows(id)) gone++;
  return gone;
}
