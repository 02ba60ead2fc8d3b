/**
 * Signing keys change without anybody noticing: next (published, so that caches know it) → active (signs) → retiring (still verifies) →
 * retired (gone from the JWKS, its private part destroyed).
 */
import { type Actor, recordEvent } from "../audit/events";
import { now, nowMs } from "../clock";
import type { SealedValue } from "../crypto/reseal";
import { invalidate } from "../database/cache";
import { db, type Tx, transaction } from "../database/client";
import { getApp } from "./apps";
import { newSigningKeyRow, SIGNING_ALGS, type SigningAlg, signingKeyLocation } from "./signing-keys";

/** No token lives longer than a day (lib/apps/settings.ts); the rest is for caches of the JWKS and clocks that differ. */
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

/** Keys for a change that may need one or two; made before its transaction, since RSA takes its time. */
export async function newSuccessors(appId: string, alg: SigningAlg) {
  const [spare, next] = await Promise.all([
    newSigningKeyRow(appId, alg, "active"),
    newSigningKeyRow(appId, alg, "next"),
  ]);
  return { spare, next };
}

/** Until the transaction ends: two changes at once would both find the same next key. */
export async function holdSigningKeys(tx: Tx, appId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "App" WHERE "id" = ${appId} FOR NO KEY UPDATE`;
}

/** The next key signs from now on, and another next one is published. Whatever signed before has stepped down already. → the kid that signs */
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
 * The next key signs from now on, the present one only verifies, and another next one is published. → the kids by their new status.
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

/** One algorithm after the other, all of them when none is named. */
export async function rotateSigningKeys(appId: string, alg: SigningAlg | undefined, by: Actor) {
  const rotated = [];
  for (const each of alg ? [alg] : SIGNING_ALGS) rotated.push(await rotateSigningKey(appId, each, by));
  return { rotated };
}

/** Retires what has been retiring for longer than any token lives. → how many. */
export async function retireSigningKeys(): Promise<number> {
  const { count } = await db().signingKey.updateMany({
    where: { status: "retiring", retiringAt: { lt: new Date(nowMs() - OVERLAP_MS) } },
    data: { status: "retired", retiredAt: now(), privateSealed: null },
  });
  return count;
}

const SEALED_BATCH = 200;

/** Every private key there is, for sealing anew. */
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
      // Only while it is still what we read: a key that was retired meanwhile must not come back.
      const where = { appId, id, privateSealed };
      const replace = (fresh: string) => db().signingKey.updateMany({ where, data: { privateSealed: fresh } });
      yield { sealed: privateSealed, context: { appId, location: signingKeyLocation(id) }, replace };
    }
    const last = rows.at(-1);
    if (!last || rows.length < SEALED_BATCH) return;
    after = { appId: last.appId, id: last.id };
  }
}
