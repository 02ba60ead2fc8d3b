/** Recovery codes: each stands in for a second factor once. They are shown only when they are made. */
import { now } from "../clock";
import { db, type Tx } from "../database/client";
import { hashRecoveryCode, newRecoveryCode } from "./recovery-code";

const COUNT = 10;

/** Replaces the codes of a user, whose row is locked. → the new ones */
export async function replaceRecoveryCodes(tx: Tx, appId: string, userId: string): Promise<string[]> {
  await tx.recoveryCode.deleteMany({ where: { appId, userId } });
  const codes = Array.from({ length: COUNT }, newRecoveryCode);
  const createdAt = now();
  const data = codes.map((code) => ({ appId, userId, hash: hashRecoveryCode(appId, userId, code), createdAt }));
  await tx.recoveryCode.createMany({ data });
  return codes;
}

/** How many codes of a user still work. */
export function countRecoveryCodes(appId: string, userId: string, tx: Tx = db()): Promise<number> {
  return tx.recoveryCode.count({ where: { appId, userId, usedAt: null } });
}
