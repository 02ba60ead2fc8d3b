/** The authenticator app as a second factor: each time step works once (RFC 6238 §5.2). */
import { now, nowMs } from "../../clock";
import type { SealedValue } from "../../crypto/reseal";
import { type SealContext, seal, unseal } from "../../crypto/seal";
import { db } from "../../database/client";
import { readDigits } from "../../text/digits";
import type { FactorHandler } from "../handler";
import { matchingStep } from "./code";

/** RFC 8176 §2: a one-time password. */
export const TOTP_AMR = ["otp"];

function sealContext(appId: string, factorId: string): SealContext {
  return { appId, location: `Factor/${factorId}` };
}

export function sealTotpSecret(appId: string, factorId: string, secret: string): string {
  return seal(secret, sealContext(appId, factorId));
}

/** The free time step whose code this is, or null. */
export function stepOfCode(
  appId: string,
  { id, secret, lastStep }: { id: string; secret: string; lastStep: number | null },
  code: string,
): number | null {
  return matchingStep(unseal(secret, sealContext(appId, id)), readDigits(code), nowMs(), lastStep);
}

export const totp: FactorHandler = {
  factor: "totp",
  async verify(app, { userId, factors }, { code }) {
    if (code === undefined || !factors.includes("totp")) return null;
    const where = { appId: app.id, userId, type: "totp" };
    const row = await db().factor.findFirst({ where, select: { id: true, secret: true, lastStep: true } });
    if (!row?.secret) return null;
    const { id } = row;
    const step = stepOfCode(app.id, { ...row, secret: row.secret }, code);
    if (step === null) return null;
    return {
      factor: "totp",
      amr: TOTP_AMR,
      use: async (tx) => {
        const { count } = await tx.factor.updateMany({
          where: { appId: app.id, id, OR: [{ lastStep: null }, { lastStep: { lt: step } }] },
          data: { lastStep: step, lastUsedAt: now() },
        });
        return count === 1;
      },
    };
  },
};

/** All sealed secrets, for re-encryption. */
export async function* sealedTotpSecrets(): AsyncGenerator<SealedValue> {
  const rows = await db().factor.findMany({
    where: { secret: { not: null } },
    select: { appId: true, id: true, secret: true },
  });
  for (const { appId, id, secret } of rows) {
    if (!secret) continue;
    // Not if the secret has been replaced meanwhile.
    const replace = (fresh: string) =>
      db().factor.updateMany({ where: { appId, id, secret }, data: { secret: fresh } });
    yield { sealed: secret, context: sealContext(appId, id), replace };
  }
}
