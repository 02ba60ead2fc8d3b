/** The form of the second factor: the code of an authenticator app or an email, or a recovery code. */
import type { App } from "../../apps/apps";
import type { ProvedEnrollment } from "../../factors/enrollment";
import { addFactor } from "../../factors/factor";
import type { FactorAnswer, ProvedFactor } from "../../factors/handler";
import type { Parameters } from "../../oauth/parameters";
import type { Pending } from "../../signin/pending";
import { checkAnswer } from "../../signin/second-factor";
import { finishEnrollment } from "./enroll";
import { finishSecondFactor } from "./finish";
import type { PendingInput } from "./form";
import { readPasskeyJson } from "./passkey";
import { readCode, readRecoveryCode } from "./read-code";

function readAnswer(form: Parameters): FactorAnswer {
  if (form.get("way") === "recovery_code") return { recovery_code: readRecoveryCode(form) };
  if (form.get("way") === "passkey") return { passkey: readPasskeyJson(form) };
  return { code: readCode(form) };
}

/** Adds emailed codes, which are the only factor that a code proves before it is added. */
function asEnrollment(app: App, { user }: Pending, { amr, use }: ProvedFactor): ProvedEnrollment {
  let recoveryCodes: string[] | null = null;
  return {
    amr,
    recoveryCodes: () => recoveryCodes,
    use: async (tx) => {
      if (!(await use(tx))) return false;
      const change = { userId: user.id, by: { type: "user", id: user.id } as const };
      ({ recoveryCodes } = await addFactor(tx, app, change, { type: "email" }));
      return true;
    },
  };
}

export async function submitSecondFactor(input: PendingInput): Promise<Response> {
  const { app, form, pending } = input;
  const proved = await checkAnswer(app, pending, readAnswer(form));
  // A sign-in needs no more than the code. A session that asks for a factor adds it for the next time.
  if (pending.enroll && pending.sessionId) return finishEnrollment(input, asEnrollment(app, pending, proved));
  return finishSecondFactor(input, pending, proved);
}
