/**
 * Rotation of signing keys without downtime: next (published in advance) → active (signs) →
 * retiring (still verifies) → retired (removed from the JWKS, private key deleted).
 */
import { type Actor, recordEvent } from "../audit/events";
import { now, nowMs } from "../clock";
import type { SealedValue } from "../crypto/reseal";
import { invalidate } from "../database/cache";
import { db, type Tx, transaction } from "../database/client";
import { getApp } from "./apps";
import { newSigningKeyRow, type SigningAlg, signingKeyLocation } from "./signing-keys";

/**
 * Tokens expire within a day (lib/apps/settings.ts). The rest allows for cached JWKS and differing
 * clocks.
 */
export const OVERLAP_MS = 25 * 3600 * 1000;

export async function listSigningKeys(appId: string) {
  const rows = await db().signingKey.findMany({
    where: { appId },
    orderBy: [{ alg: "asc" }, { createdAt: "desc" }],
    select: {
      id: true,
      alg: true,
      status: true,
      createdAt: true,
      activatedAt: true,
      retiringAt: true,
      retiredAt: true,
    },
  });
  return rows.map((row) => ({
    kid: row.id,
    alg: row.alg,
    status: row.status,
    created_at: row.createdAt.toISOString(),
    activated_at: row.activatedAt?.toISOString() ?? null,
    retiring_at: row.retiringAt?.toISOString() ?? null,
    retired_at: row.retiredAt?.toISOString() ?? null,
  }));
}

/** Creates keys before the transaction, because generating an RSA key takes long. */
export async function newSuccessors(appId: string, alg: SigningAlg) {
  const [spare, next] = await Promise.all([
    newSigningKeyRow(appId, alg, "active"),
    newSigningKeyRow(appId, alg, "next"),
  ]);
  return { spare, next };
}

/**
 * Locks the app until the transaction ends. Otherwise two parallel rotations would use the same
 * next key.
 */
export async function holdSigningKeys(tx: Tx, appId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "App" WHERE "id" = ${appId} FOR NO KEY UPDATE`;
}

/**
 * Makes the next key active and publishes a new next key. The previous active key must already be
 * retiring. Returns the ID of the active key.
 */
export async function promoteNextKey(
  tx: Tx,
  appId: string,
  alg: SigningAlg,
  { spare, next }: Awaited<ReturnType<typeof newSuccessors>>,
): Promise<string> {
  const waiting = await tx.signingKey.findFirst({ where: { appId, alg, status: "next" }, select: { id: true } });
  if (waiting) {
    const where = { appId_id: { appId, id: waiting.id } };
    await tx.signingKey.update({ where, data: { status: "active", activatedAt: now() }, select: { id: true } });
  }
  await tx.signingKey.createMany({ data: waiting ? [next] : [spare, next] });
  return waiting?.id ?? spare.id;
}

/**
 * Makes the next key active, sets the current one to retiring, and publishes a new next key.
 * Returns the key IDs by status.
 */
export async function rotateSigningKey(appId: string, alg: SigningAlg, by: Actor) {
  await getApp(appId);
  const successors = await newSuccessors(appId, alg);
  const rotated = await transaction(async (tx) => {
    await holdSigningKeys(tx, appId);
    const retiring = await tx.signingKey.findFirst({ where: { appId, alg, status: "active" }, select: { id: true } });
    await tx.signingKey.updateMany({
      where: { appId, alg, status: "active" },
      data: { status: "retiring", retiringAt: now() },
    });
    const active = await promoteNextKey(tx, appId, alg, successors);
    await recordEvent(tx, appId, {
      type: "signing_key.rotated",
      actor: by,
      target: { type: "signing_key", id: active },
      explanation: { alg, retiring: retiring?.id ?? null },
    });
    return { alg, active, next: successors.next.id, retiring: retiring?.id ?? null };
  });
  invalidate(appId);
  return rotated;
}

/** The algorithms that the app has a key for. */
async function listAlgs(appId: string): Promise<SigningAlg[]> {
  const rows = await db().signingKey.findMany({
    where: { appId, status: "active" },
    orderBy: { alg: "asc" },
    select: { alg: true },
  });
  return rows.map((row) => row.alg as SigningAlg);
}

/** Rotates the keys of one algorithm, or of all that the app has. */
export async function rotateSigningKeys(appId: string, alg: SigningAlg | undefined, by: Actor) {
  const rotated = [];
  for (const each of alg ? [alg] : await listAlgs(appId)) rotated.push(await rotateSigningKey(appId, each, by));
  return { rotated };
}

/**
 * Retires keys that have been retiring for longer than any token is valid. Returns their number.
 */
export async function retireSigningKeys(): Promise<number> {
  const { count } = await db().signingKey.updateMany({
    where: { status: "retiring", retiringAt: { lt: new Date(nowMs() - OVERLAP_MS) } },
    data: { status: "retired", retiredAt: now(), privateSealed: null },
  });
  return count;
}

const SEALED_BATCH = 200;

/** All sealed private keys, for re-encryption. */
export async function* sealedSigningKeys(): AsyncGenerator<SealedValue> {
  for (let after: { appId: string; id: string } | undefined; ; ) {
    const rows: { appId: string; id: string; privateSealed: string | null }[] = await db().signingKey.findMany({
      where: { privateSealed: { not: null } },
      orderBy: [{ appId: "asc" }, { id: "asc" }],
      take: SEALED_BATCH,
      ...(after && { cursor: { appId_id: after }, skip: 1 }),
      select: { appId: true, id: true, privateSealed: true },
    });
    for (const { appId, id, privateSealed } of rows) {
      if (!privateSealed) continue;
      // Not if it has changed: a key that was retired meanwhile must not come back.
      const where = { appId, id, privateSealed };
      const replace = (fresh: string) => db().signingKey.updateMany({ where, data: { privateSealed: fresh } });
      yield { sealed: privateSealed, context: { appId, location: signingKeyLocation(id) }, replace };
    }
    const last = rows.at(-1);
    if (!last || rows.length < SEALED_BATCH) return;
    after = { appId: last.appId, id: last.id };
  }
}
