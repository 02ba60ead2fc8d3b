/** The end of an App: everything of it goes. */
import { type Actor, recordEvent } from "../audit/events";
import { invalidate } from "../cache";
import { transaction } from "../db";
import { fail, failNotFound } from "../errors";
import { TENANT_ZERO } from "../ids";

/** Its own audit trail goes with it; that it was deleted, and by whom, is kept with the developers. */
export async function deleteApp(appId: string, by: Actor): Promise<void> {
  if (appId === TENANT_ZERO) fail(403, "reserved_app", "The App of the developers cannot be deleted.");
  await transaction(async (tx) => {
    const { count } = await tx.app.deleteMany({ where: { id: appId } });
    if (count === 0) failNotFound("The App");
    await recordEvent(tx, TENANT_ZERO, { type: "app.deleted", actor: by, target: { type: "app", id: appId } });
  });
  invalidate(appId);
}
