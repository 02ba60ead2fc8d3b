/**
 * Publishes the next signing key long before a rotation, so that cached copies of the JWKS contain
 * it. A background task does so, because generating an RSA key takes 0.2 s, too long for creating
 * an app.
 */
import { invalidate } from "../database/cache";
import { pool, transaction } from "../database/client";
import { newSigningKeyRow, type SigningAlg } from "./signing-keys";

const KEYS_PER_TICK = 10;

/** Active keys without a next key. */
const WITHOUT_NEXT = `
  SELECT k."appId", k."alg" FROM "SigningKey" k JOIN "App" a ON a."id" = k."appId" AND a."disabledAt" IS NULL
  WHERE k."status" = 'active' AND NOT EXISTS (
    SELECT 1 FROM "SigningKey" n WHERE n."appId" = k."appId" AND n."alg" = k."alg" AND n."status" = 'next')
  LIMIT ${KEYS_PER_TICK}`;

/** Publishes missing next keys. Returns their number. */
export async function publishNextKeys(): Promise<number> {
  const { rows } = await pool().query<{ appId: string; alg: SigningAlg }>(WITHOUT_NEXT);
  let published = 0;
  for (const { appId, alg } of rows) {
    const row = await newSigningKeyRow(appId, alg, "next");
    published += await transaction(async (tx) => {
      // A rotation or another process may have done so meanwhile.
      await tx.$queryRaw`SELECT 1 FROM "App" WHERE "id" = ${appId} FOR NO KEY UPDATE`;
      const waiting = await tx.signingKey.count({ where: { appId, alg, status: "next" } });
      return waiting > 0 ? 0 : (await tx.signingKey.createMany({ data: row })).count;
    });
    invalidate(appId);
  }
  return published;
}
