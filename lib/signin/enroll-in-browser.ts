/**
 * A sign-in in a browser whose user has just added the first factor. It continues once the user has
 * saved the recovery codes: a code for a client would expire meanwhile.
 */
import type { App } from "../apps/apps";
import { transaction } from "../database/client";
import type { ProvedEnrollment } from "../factors/enrollment";
import { sealCodes } from "../factors/shown-codes";
import { wakeOutbox } from "../mail/outbox";
import { withFactor } from "../sessions/acr";
import { newPending, type PendingReference } from "./pending";
import { useBoth } from "./second-factor";

/** → the ID of the pending sign-in that continues it. @throws 400, 401 */
export async function enrollInBrowser(
  app: App,
  reference: PendingReference,
  proved: ProvedEnrollment,
): Promise<string> {
  const id = await transaction(async (tx) => {
    const { user, amr, method, browser, sessionId, acr } = await useBoth(tx, app, reference, proved);
    const recoveryCodes = sealCodes(app.id, user.id, proved.recoveryCodes() ?? []);
    const of = { user, method, amr: withFactor(amr, proved.amr), browser, sessionId, acr, recoveryCodes };
    const { row } = newPending(app, of, { type: "use", methods: [] });
    await tx.oneTimeToken.create({ data: row, select: { id: true } });
    return row.id;
  });
  wakeOutbox();
  return id;
}
