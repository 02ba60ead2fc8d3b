/** The second factors. A new one needs a line here. */
import type { App } from "../apps/apps";
import { emailedCode } from "./email/factor";
import type { FactorAnswer, FactorHandler, FactorOwner, ProvedFactor } from "./handler";
import { passkey } from "./passkey/factor";
import { recoveryCode } from "./recovery-code-factor";
import { totp } from "./totp/factor";

const HANDLERS: FactorHandler[] = [totp, emailedCode, passkey, recoveryCode];

/**
 * Checks an answer with the factors that may complete this sign-in. null if it is wrong.
 */
export async function verifyFactor(
  app: App,
  owner: FactorOwner,
  answer: FactorAnswer,
  methods: ProvedFactor["factor"][],
): Promise<ProvedFactor | null> {
  for (const { factor, verify } of HANDLERS) {
    if (!methods.includes(factor)) continue;
    const proved = await verify(app, owner, answer);
    if (proved) return proved;
  }
  return null;
}
