/** Prepares the second step of a sign-in: sends the code of the emailed factor, or asks for a passkey. */
import type { App } from "../apps/apps";
import type { FactorType } from "../apps/settings";
import { failInput } from "../errors";
import { sendFactorCode } from "../factors/email/code";
import { factorOptions } from "../factors/passkey/factor";
import { getPending, methodsOf, type Pending, type PendingReference } from "./pending";

/** A pending sign-in that this factor can complete. @throws 400, also for another factor; 401 */
export async function getPendingFor(app: App, reference: PendingReference, method: FactorType): Promise<Pending> {
  const pending = await getPending(app, reference);
  if (methodsOf(app, pending).includes(method)) return pending;
  return failInput({ method: "is not one of the methods of this sign-in" });
}

/** Emails a code for this sign-in only. A pending sign-in of a browser is referred to by its cookie. */
export async function sendSecondFactorCode(app: App, reference: PendingReference): Promise<void> {
  const { id, user } = await getPendingFor(app, reference, "email");
  await sendFactorCode(app, { userId: user.id, email: user.email }, { owner: id, signIn: true });
}

/** Request options with the user's passkeys. @throws 400, 401 */
export async function passkeyChallenge(app: App, reference: PendingReference) {
  const { id, user } = await getPendingFor(app, reference, "passkey");
  return factorOptions(app, { userId: user.id, pendingId: id });
}
