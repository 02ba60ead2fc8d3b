/**
 * The end of an App. It is gone for everybody at once; its rows go in small batches, at once for a small App and by the minute for one with
 * millions of users, so that nothing waits for it.
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

/** Tables that may hold more rows than one statement should touch; the rest goes with the App's own row. */
const LARGE_TABLES = ["AuditEvent", "User"];

/** Its own audit trail goes with it; that it was deleted, and by whom, is kept with the developers. */
export async function deleteApp(appId: string, by: Actor): Promise<void> {
  if (appId === TENANT_ZERO) fail(403, "reserved_app", "The App of the developers cannot be deleted.");
  await transaction(async (tx) => {
    const { count } = await tx.app.updateMany({ where: { id: appId, disabledAt: null }, data: { disabledAt: now() } });
    if (count === 0) failNotFound("The app");
    // Disabled and without any member: what marks a deleted App.
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

/** → whether the App is gone altogether. */
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

/** Goes on with the Apps that were too large to go at once. → how many are gone. */
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
