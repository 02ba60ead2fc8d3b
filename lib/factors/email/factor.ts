/** The emailed code as a second factor. */
import { now } from "../../clock";
import { readDigits } from "../../text/digits";
import type { FactorHandler } from "../handler";
import { EMAIL_AMR, proveFactorCode } from "./code";

export const emailedCode: FactorHandler = {
  factor: "email",
  async verify(app, { userId, email, pendingId }, { code }) {
    if (code === undefined) return null;
    const proved = await proveFactorCode(app, { userId, email }, pendingId, readDigits(code));
    return (
      proved && {
        factor: "email",
        amr: EMAIL_AMR,
        use: async (tx) => {
          if (!(await proved.use(tx))) return false;
          // Under a policy that requires a second factor, there may be no row.
          await tx.factor.updateMany({ where: { appId: app.id, userId, type: "email" }, data: { lastUsedAt: now() } });
          return true;
        },
      }
    );
  },
};
