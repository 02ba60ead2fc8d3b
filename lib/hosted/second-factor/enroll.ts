/** The forms that add a second factor during a sign-in. */
import type { FactorType } from "../../apps/settings";
import { fail } from "../../errors";
import type { ProvedEnrollment } from "../../factors/enrollment";
import { proveTotpEnrollment } from "../../factors/totp/enrollment";
import { failCode } from "../../factors/wrong-code";
import { redirect } from "../../http/respond";
import { wakeOutbox } from "../../mail/outbox";
import { enrollInBrowser } from "../../signin/enroll-in-browser";
import { methodsOf } from "../../signin/pending";
import { finishSecondFactor, referenceOf } from "./finish";
import type { PendingInput } from "./form";
import { readCode } from "./read-code";
import { recoveryCodesUrl } from "./recovery-codes";

/** @throws 403 */
export function requireAddable({ app, pending }: PendingInput, type: FactorType): void {
  if (pending.enroll && methodsOf(app, pending).includes(type)) return;
  fail(403, "method_disabled", "This second factor can’t be added here. Go back and choose another one.");
}

/** Continues with the recovery codes, which come with the first factor. */
export async function finishEnrollment(input: PendingInput, proved: ProvedEnrollment): Promise<Response> {
  const { app, pending } = input;
  if (pending.user.factors.length === 0)
    return redirect(recoveryCodesUrl(app, await enrollInBrowser(app, referenceOf(input, pending.id), proved)));
  const response = await finishSecondFactor(input, pending, proved);
  wakeOutbox();
  return response;
}

export async function submitNewAuthenticator(input: PendingInput): Promise<Response> {
  const { app, form, pending } = input;
  requireAddable(input, "totp");
  const by = { type: "user", id: pending.user.id } as const;
  const proved = (await proveTotpEnrollment(app, pending.user.id, readCode(form), by)) ?? failCode();
  return finishEnrollment(input, proved);
}
