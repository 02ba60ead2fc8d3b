/** The second step of a sign-in through the API, whose caller has the `mfa_token`. */
import type { App } from "../apps/apps";
import { ANONYMOUS_USER } from "../audit/events";
import type { FactorAnswer, ProvedFactor } from "../factors/handler";
import { stepOfCode } from "../factors/totp/factor";
import { type AttemptKey, countAttempt, limitCountedAttempts, SECOND_FACTOR_ATTEMPTS } from "../limits/attempts";
import { wakeOutbox } from "../mail/outbox";
import { admissionProblem, completeSignIn } from "./complete";
import { failPending, methodsOf, type Pending } from "./pending";
import { failAnswer, proofOfBoth, verifyAnswer } from "./second-factor";
import type { SessionResponse } from "./session-response";
import { admitWithTotp, findPendingWithTotp, type TotpOfPending } from "./totp-sign-in";

/** The step of the authenticator app that this answer proves, or null. */
function provedStep(app: App, pending: Pending, totp: TotpOfPending | null, { code }: FactorAnswer) {
  if (code === undefined || !totp || pending.enroll || !methodsOf(app, pending).includes("totp")) return null;
  const step = stepOfCode(app.id, totp, code);
  return step === null ? null : { factorId: totp.id, step };
}

type Checked = { response: SessionResponse } | { proved: ProvedFactor };

/** @throws 401 `invalid_token` or `invalid_code`; 403; 429 */
export async function verifySecondFactor(app: App, token: string, answer: FactorAnswer): Promise<SessionResponse> {
  const reference = { token };
  const { pending, totp } = (await findPendingWithTotp(app, token)) ?? failPending(reference);
  const evaluate = async (_: object, key: AttemptKey): Promise<Evaluated> => {
    const proof = provedStep(app, pending, totp, answer);
    if (proof) {
      const problem = admissionProblem(app, pending.user);
      if (problem) throw problem;
      const response = await admitWithTotp(app, pending, proof, key);
      return { success: response !== null, value: response && { response }, cleared: response !== null };
    }
    const proved = await verifyAnswer(app, pending, answer);
    return { success: proved !== null, value: proved && { proved } };
  };
  const attempt = { count: countAttempt, evaluate };
  const checked = await limitCountedAttempts(app.id, SECOND_FACTOR_ATTEMPTS, pending.user.id, attempt);
  if (!checked) return failAnswer(app, pending);
  if ("response" in checked) return checked.response;
  const { proved } = checked;
  const response = await completeSignIn(app, proofOfBoth(app, reference, proved, ANONYMOUS_USER));
  // A recovery code causes an email.
  if (proved.factor === "recovery_code") wakeOutbox();
  return response;
}

interface Evaluated {
  success: boolean;
  value: Checked | null;
  cleared?: boolean;
}
