/** A recovery code in place of a second factor. Each works once. */

import { recordEvent } from "../audit/events";
import { now } from "../clock";
import { db } from "../database/client";
import type { FactorHandler } from "./handler";
import { notifyOfChange } from "./notify";
import { hashRecoveryCode } from "./recovery-code";
import { countRecoveryCodes } from "./recovery-codes";

export const recoveryCode: FactorHandler = {
  factor: "recovery_code",
  async verify(app, { userId }, { recovery_code: typed }) {
    if (typed === undefined) return null;
    const where = { appId: app.id, userId, hash: hashRecoveryCode(app.id, userId, typed), usedAt: null };
    if ((await db().recoveryCode.count({ where })) === 0) return null;
    return {
      factor: "recovery_code",
      amr: ["otp"],
      use: async (tx) => {
        const { count } = await tx.recoveryCode.updateMany({ where, data: { usedAt: now() } });
        if (count === 0) return false;
        const codesLeft = await countRecoveryCodes(app.id, userId, tx);
        const actor = { type: "user", id: userId } as const;
        const explanation = { codes_left: codesLeft };
        await recordEvent(tx, app.id, { type: "user.recovery_code_used", actor, userId, explanation });
        await notifyOfChange(tx, app, userId, { change: "code_used", codesLeft });
        return true;
      },
    };
  },
};
