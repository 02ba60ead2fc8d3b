/** A passkey as a second factor: the first step has said whose passkeys the browser may offer. */
import type { App } from "../../apps/apps";
import { fail } from "../../errors";
import type { FactorHandler } from "../handler";
import { allowedPasskeys, requestOptions, verifyPasskey } from "./authentication";
import type { ChallengeUse } from "./challenge";
import { consumePasskey } from "./consume";
import { AuthenticationAnswer } from "./inputs";
import { isRejected, textOf } from "./rejection";
import { recordPasskeyRejection } from "./rejection-event";

function challengeFor(pendingId: string): ChallengeUse {
  return { purpose: "factor", subject: pendingId };
}

/** Request options for a pending sign-in, with the user's passkeys. */
export async function factorOptions(app: App, owner: { userId: string; pendingId: string }) {
  return requestOptions(app, challengeFor(owner.pendingId), await allowedPasskeys(app, owner.userId));
}

export const passkey: FactorHandler = {
  factor: "passkey",
  async verify(app, { userId, pendingId }, { passkey: sent }) {
    const answer = AuthenticationAnswer.safeParse(sent);
    if (!answer.success) return null;
    const verified = await verifyPasskey(app, challengeFor(pendingId), answer.data);
    if (isRejected(verified)) {
      recordPasskeyRejection(app, "user.second_factor_failed", verified);
      // The browser shows the passkeys of all apps of this host alike.
      if (verified.rejected === "another_app") fail(401, "invalid_code", textOf(verified));
      return null;
    }
    if (verified.userId !== userId) return null;
    return {
      factor: "passkey",
      amr: verified.amr,
      use: async (tx) => {
        const used = await consumePasskey(tx, app.id, verified);
        if (!isRejected(used)) return true;
        recordPasskeyRejection(app, "user.second_factor_failed", used);
        return false;
      },
    };
  },
};
