/**
 * The key that will sign after the next rotation is published long before, so that no verifier's copy of the JWKS lacks it then. Made by
 * the minute and not with the App: an RSA key takes a fifth of a second, and whoever creates an App should not wait for one of tomorrow.
 */
import { invalidate } from "../database/cache";
import { pool, transaction } from "../database/client";
import { newSigningKeyRow, type SigningAlg } from "./signing-keys";

const KEYS_PER_TICK = 10;

/** Keys that sign and have no successor yet. */
const WITHOUT_NEXT = `
  SELECT k."appId", k."alg" FROM "SigningKey" k JOIN "App" a ON a."id" = k."appId" AND a."disabledAt" IS NULL
  WHERE k."status" = 'active' AND NOT EXISTS (
    SELECT 1 FROM "SigningKey" n WHERE n."appId" = k."appId" AND n."alg" = k."alg" AND n."status" = 'next')
  LIMIT ${KEYS_PER_TICK}`;

/** Publishes the next keys of Apps that have none. → how many. */
export async function publishNextKeys(): Promise<number> {
  const { rows } = await pool().query<{ appId: string; alg: SigningAlg }>(WITHOUT_NEXT);
  let published = 0;
  for (const { appId, alg } of rows) {
    const row = await newSigningKeyRow(appId, alg, "next");
    published += await transaction(async (tx) => {
      // A rotation, or another process's tick, may have been faster.
      await tx.$queryRaw`SELECT 1 FROM "App" WHERE "id" = ${appId} FOR NO KEY UPDATE`;
      const waiting = await tx.signingKey.count({ where: { appId, alg, status: "next" } });
      return waiting > 0 ? 0 : (await tx.signingKey.createMany({ data: row })).count;
    });
    invalidate(appId);
  }
  return published;
}
