/** The second step of a sign-in through the API, whose caller has the `mfa_token`. */
import type { App } from "../apps/apps";
import { ANONYMOUS_USER } from "../audit/events";
import type { FactorAnswer } from "../factors/handler";
import { wakeOutbox } from "../mail/outbox";
import { completeSignIn } from "./complete";
import { getPending } from "./pending";
import { checkAnswer, proofOfBoth } from "./second-factor";
import type { SessionResponse } from "./session-response";

/** @throws 401 `invalid_token` or `invalid_code`; 403; 429 */
export async function verifySecondFactor(app: App, token: string, answer: FactorAnswer): Promise<SessionResponse> {
  const reference = { token };
  const proved = await checkAnswer(app, await getPending(app, reference), answer);
  const response = await completeSignIn(app, proofOfBoth(app, reference, proved, ANONYMOUS_USER));
  // A recovery code causes an email.
  if (proved.factor === "recovery_code") wakeOutbox();
  return response;
}
