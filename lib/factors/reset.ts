/** The owner of an app resets the factors of a user, for example after the loss of a phone. */
import type { App } from "../apps/apps";
import type { Actor } from "../audit/events";
import { transaction } from "../database/client";
import { wakeOutbox } from "../mail/outbox";
import { removeFactor, resetFactors } from "./factor";

/** Removes all factors, passkeys, recovery codes and remembered devices. @throws 404 */
export async function resetFactorsOfUser(app: App, userId: string, by: Actor): Promise<void> {
  await transaction((tx) => resetFactors(tx, app, { userId, by }));
  wakeOutbox();
}

/** Removes one factor or passkey. @throws 404 */
export async function removeFactorOfUser(app: App, userId: string, factorId: string, by: Actor): Promise<void> {
  await transaction((tx) => removeFactor(tx, app, { userId, by }, factorId));
  wakeOutbox();
}
