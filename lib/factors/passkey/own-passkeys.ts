/** What signed-in users do with their own passkeys. */
import type { App } from "../../apps/apps";
import { recordEvent } from "../../audit/events";
import { db, transaction } from "../../database/client";
import { failNotFound } from "../../errors";
import { type FactorSummary, factorView, listFactors } from "../factor";
import { type CurrentSession, requireStrongSession } from "../fresh";
import { actorOf, removeOwnFactor } from "../own-factors";

export function passkeyView(passkey: FactorSummary) {
  const { type: _type, ...view } = factorView(passkey);
  return view;
}

/** Oldest first. */
export async function listPasskeys(app: App, userId: string) {
  return (await listFactors(app.id, userId, "passkey")).map(passkeyView);
}

/** @throws 404 */
async function requirePasskey(app: App, userId: string, id: string): Promise<void> {
  const where = { appId: app.id, userId, id, type: "passkey" };
  if (!(await db().factor.findFirst({ where, select: { id: true } }))) failNotFound("The passkey");
}

/** @throws 403 `insufficient_user_authentication`; 404 */
export async function renamePasskey(app: App, current: CurrentSession, id: string, name: string) {
  const { userId, sessionId } = current;
  await requirePasskey(app, userId, id);
  await requireStrongSession(app, current);
  return transaction(async (tx) => {
    const [renamed] = await tx.factor.updateManyAndReturn({
      where: { appId: app.id, userId, id, type: "passkey" },
      data: { name },
      select: { id: true, type: true, name: true, createdAt: true, lastUsedAt: true },
    });
    if (!renamed) failNotFound("The passkey");
    const explanation = { factor: "passkey", name };
    await recordEvent(tx, app.id, {
      type: "user.factor_renamed",
      actor: actorOf(current),
      userId,
      sessionId,
      explanation,
    });
    return passkeyView(renamed);
  });
}

/** @throws 403 `insufficient_user_authentication`; 404; 409 `last_way_in` */
export async function removePasskey(app: App, current: CurrentSession, id: string): Promise<void> {
  await requirePasskey(app, current.userId, id);
  await removeOwnFactor(app, current, id);
}
