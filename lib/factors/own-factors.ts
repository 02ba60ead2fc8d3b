/**
 * What signed-in users change about their own factors. Each change requires a recent sign-in with the
 * strongest factor there is.
 */
import type { App } from "../apps/apps";
import { type Actor, recordEvent } from "../audit/events";
import { type Tx, transaction } from "../database/client";
import { fail, failNotFound } from "../errors";
import { wakeOutbox } from "../mail/outbox";
import { requireAnotherWayIn } from "../users/ways-in";
import type { ProvedEnrollment } from "./enrollment";
import { lockUser, removeFactor } from "./factor";
import { type CurrentSession, requireStrongSession } from "./fresh";
import { notifyOfChange } from "./notify";
import { raiseSession } from "./raise-session";
import { replaceRecoveryCodes } from "./recovery-codes";
import { failCode } from "./wrong-code";

export function actorOf({ userId }: CurrentSession): Actor {
  return { type: "user", id: userId };
}

/**
 * Adds a factor that the user has just proved, and raises the session. → the recovery codes that come
 * with the first factor. @throws 401 `invalid_code`; 403
 */
export async function completeEnrollment(
  app: App,
  current: CurrentSession,
  prove: () => Promise<ProvedEnrollment | null>,
): Promise<string[] | null> {
  await requireStrongSession(app, current);
  const proved = (await prove()) ?? failCode();
  const recoveryCodes = await transaction(async (tx) => {
    await lockUser(tx, app.id, current.userId);
    if (!(await proved.use(tx))) failCode();
    await raiseSession(tx, app, current, proved.amr);
    return proved.recoveryCodes();
  });
  wakeOutbox();
  return recoveryCodes;
}

async function requireRemovable(tx: Tx, app: App, userId: string, factorId: string): Promise<void> {
  const where = { appId: app.id, userId, id: factorId };
  const factor = (await tx.factor.findFirst({ where, select: { type: true } })) ?? failNotFound("The factor");
  if (factor.type === "passkey") await requireAnotherWayIn(tx, app, userId, { passkey: factorId });
}

/** @throws 403; 404; 409 `last_way_in` */
export async function removeOwnFactor(app: App, current: CurrentSession, factorId: string): Promise<void> {
  await requireStrongSession(app, current);
  const { userId } = current;
  await transaction(async (tx) => {
    await requireRemovable(tx, app, userId, factorId);
    await removeFactor(tx, app, { userId, by: actorOf(current) }, factorId);
  });
  wakeOutbox();
}

/** Replaces the recovery codes. → the new ones. @throws 403; 409 `no_factor` */
export async function renewRecoveryCodes(app: App, current: CurrentSession): Promise<string[]> {
  await requireStrongSession(app, current);
  const { userId, sessionId } = current;
  const codes = await transaction(async (tx) => {
    const { factors } = await lockUser(tx, app.id, userId);
    if (factors.length === 0)
      fail(409, "no_factor", "Recovery codes come with the first second factor or passkey. Add one first.");
    const renewed = await replaceRecoveryCodes(tx, app.id, userId);
    const event = { type: "user.recovery_codes_replaced", actor: actorOf(current), userId, sessionId };
    await recordEvent(tx, app.id, event);
    await notifyOfChange(tx, app, userId, { change: "codes_replaced" });
    return renewed;
  });
  wakeOutbox();
  return codes;
}
