/**
 * Signing keys change without anybody noticing: next (published, so that caches know it) → active (signs) → retiring (still verifies) →
 * retired (gone from the JWKS, its private part destroyed).
 */
import { type Actor, recordEvent } from "../audit/events";
import { invalidate } from "../cache";
import { now, nowMs } from "../clock";
import { currentKeyVersion } from "../crypto/master-key";
import { open, seal, sealedUnder } from "../crypto/seal";
import { db, transaction } from "../db";
import { getApp } from "./apps";
import { newSigningKeyRow, SIGNING_ALGS, type SigningAlg, signingKeyPlace } from "./signing-keys";

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

/**
 * The next key signs from now on, the present one only verifies, and another next one is published. → the kids by their new status.
 */
export async function rotateSigningKey(appId: string, alg: SigningAlg, by: Actor) {
  await getApp(appId);
  // Both may be needed; made before the transaction, since RSA takes its time.
  const [spare, next] = await Promise.all([
    newSigningKeyRow(appId, alg, "active"),
    newSigningKeyRow(appId, alg, "next"),
  ]);
  const rotated = await transaction(async (tx) => {
    // Two rotations at once would both find the same next key.
    await tx.$queryRaw`SELECT 1 FROM "App" WHERE "id" = ${appId} FOR NO KEY UPDATE`;
    const retiring = await tx.signingKey.findFirst({ where: { appId, alg, status: "active" }, select: { id: true } });
    await tx.signingKey.updateMany({
      where: { appId, alg, status: "active" },
      data: { status: "retiring", retiringAt: now() },
    });
    const waiting = await tx.signingKey.findFirst({ where: { appId, alg, status: "next" }, select: { id: true } });
    if (waiting) {
      const where = { appId_id: { appId, id: waiting.id } };
      await tx.signingKey.update({ where, data: { status: "active", activatedAt: now() }, select: { id: true } });
    }
    await tx.signingKey.createMany({ data: waiting ? [next] : [spare, next] });
    const active = waiting?.id ?? spare.id;
    await recordEvent(tx, appId, {
      type: "signing_key.rotated",
      actor: by,
      target: { type: "signing_key", id: active },
      explanation: { alg, retiring: retiring?.id ?? null },
    });
    return { alg, active, next: next.id, retiring: retiring?.id ?? null };
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

const RESEAL_BATCH = 200;

/**
 * Seals every private key under the newest master key; afterwards the old one can be taken out of FOYER_SECRET (when no session from its
 * time is to live on: refresh tokens are made with it too). → how many were sealed anew.
 */
export async function resealSigningKeys(): Promise<number> {
  const version = currentKeyVersion();
  let resealed = 0;
  for (let after: { appId: string; id: string } | undefined; ; ) {
    const rows: { appId: string; id: string; privateSealed: string | null }[] = await db().signingKey.findMany({
      where: { privateSealed: { not: null } },
      orderBy: [{ appId: "asc" }, { id: "asc" }],
      take: RESEAL_BATCH,
      ...(after && { cursor: { appId_id: after }, skip: 1 }),
      select: { appId: true, id: true, privateSealed: true },
    });
    for (const { appId, id, privateSealed } of rows) {
      if (!privateSealed || sealedUnder(privateSealed) === version) continue;
      const context = { appId, place: signingKeyPlace(id) };
      // Only while it is still what we read: a key that was retired meanwhile must not come back.
      const { count } = await db().signingKey.updateMany({
        where: { appId, id, privateSealed },
        data: { privateSealed: seal(open(privateSealed, context), context) },
      });
      resealed += count;
    }
    const last = rows.at(-1);
    if (!last || rows.length < RESEAL_BATCH) return resealed;
    after = { appId: last.appId, id: last.id };
  }
}
