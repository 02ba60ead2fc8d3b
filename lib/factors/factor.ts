/**
 * The factors of a user: authenticator apps, emailed codes and passkeys. Each change writes the row,
 * `User.factors`, an event and an email in one transaction, and ends the sign-ins that wait for a
 * second factor.
 */
import type { App } from "../apps/apps";
import type { FactorType } from "../apps/settings";
import { type Actor, recordEvent } from "../audit/events";
import { now } from "../clock";
import { db, type Factor, type Prisma, type Tx } from "../database/client";
import { failNotFound } from "../errors";
import { newId } from "../ids";
import { deleteOneTimes } from "../one-time/one-time";
import { notifyOfChange } from "./notify";
import { replaceRecoveryCodes } from "./recovery-codes";

const SHOWN = { id: true, type: true, name: true, createdAt: true, lastUsedAt: true } as const;

export type FactorSummary = Pick<Factor, keyof typeof SHOWN>;

/** In API responses. */
export function factorView(factor: FactorSummary) {
  return {
    id: factor.id,
    type: factor.type as FactorType,
    name: factor.name,
    created_at: factor.createdAt.toISOString(),
    last_used_at: factor.lastUsedAt?.toISOString() ?? null,
  };
}

/** Oldest first. */
export function listFactors(appId: string, userId: string, type?: FactorType): Promise<FactorSummary[]> {
  return db().factor.findMany({ where: { appId, userId, type }, orderBy: { id: "asc" }, select: SHOWN });
}

const NOUNS: Record<FactorType, string> = {
  totp: "an authenticator app",
  email: "emailed codes",
  passkey: "a passkey",
};

export interface FactorChange {
  userId: string;
  by: Actor;
}

/** Locks the user, so that of two first factors at once only one brings recovery codes. @throws 404 */
export async function lockUser(tx: Tx, appId: string, userId: string): Promise<{ factors: string[] }> {
  const [user] = await tx.$queryRaw<{ factors: string[] }[]>`
    SELECT "factors" FROM "User" WHERE "appId" = ${appId} AND "id" = ${userId} FOR NO KEY UPDATE`;
  return user ?? failNotFound("The user");
}

/** Sign-ins from before a change don't continue after it, and remembered browsers are asked again. */
async function noteFactors(tx: Tx, appId: string, userId: string): Promise<string[]> {
  const rows = await tx.factor.findMany({ where: { appId, userId }, select: { type: true } });
  const factors = [...new Set(rows.map(({ type }) => type))].sort();
  await tx.user.update({
    where: { appId_id: { appId, id: userId } },
    data: { factors, factorsChangedAt: now() },
    select: { id: true },
  });
  await deleteOneTimes(tx, appId, { userId, purposes: ["pending_sign_in", "factor_code", "totp_enrollment"] });
  return factors;
}

/** The columns of a new factor that its kind decides. */
export type NewFactor = { type: FactorType } & Omit<
  Prisma.FactorCreateManyInput,
  "appId" | "userId" | "type" | "createdAt" | "id"
> & {
    /** Set if the caller needs it before, such as for a sealed column. */
    id?: string;
  };

export interface AddedFactor {
  id: string;
  createdAt: Date;
  /** Only with the first factor. */
  recoveryCodes: string[] | null;
}

/** A user has any number of passkeys, but one authenticator app and one mailbox. */
async function removeReplaced(tx: Tx, appId: string, userId: string, type: FactorType): Promise<boolean> {
  if (type === "passkey") return false;
  const { count } = await tx.factor.deleteMany({ where: { appId, userId, type } });
  return count > 0;
}

/**
 * Adds a factor that the user has proved. A new authenticator app replaces the former one. Call
 * `wakeOutbox()` after the commit.
 */
export async function addFactor(
  tx: Tx,
  app: App,
  { userId, by }: FactorChange,
  factor: NewFactor,
): Promise<AddedFactor> {
  const before = await lockUser(tx, app.id, userId);
  const { id = newId("fac"), name, type } = factor;
  const createdAt = now();
  const replaced = await removeReplaced(tx, app.id, userId, type);
  await tx.factor.create({ data: { ...factor, appId: app.id, id, userId, createdAt }, select: { id: true } });
  await noteFactors(tx, app.id, userId);
  const recoveryCodes = before.factors.length === 0 ? await replaceRecoveryCodes(tx, app.id, userId) : null;
  const explanation = { factor: type, ...(name && { name }), ...(replaced && { replaced }) };
  await recordEvent(tx, app.id, { type: "user.factor_added", actor: by, userId, explanation });
  await notifyOfChange(tx, app, userId, { change: replaced ? "replaced" : "added", factor: NOUNS[type] });
  return { id, createdAt, recoveryCodes };
}

/** Deletes what only makes sense with a factor. */
async function clearWithoutFactor(tx: Tx, appId: string, userId: string): Promise<void> {
  await tx.recoveryCode.deleteMany({ where: { appId, userId } });
  await tx.rememberedDevice.deleteMany({ where: { appId, userId } });
}

/** Removes one factor. Call `wakeOutbox()` after the commit. @throws 404 */
export async function removeFactor(tx: Tx, app: App, { userId, by }: FactorChange, factorId: string): Promise<void> {
  await lockUser(tx, app.id, userId);
  const where = { appId: app.id, userId, id: factorId };
  const removed = (await tx.factor.findFirst({ where, select: SHOWN })) ?? failNotFound("The factor");
  await tx.factor.deleteMany({ where });
  const left = await noteFactors(tx, app.id, userId);
  if (left.length === 0) await clearWithoutFactor(tx, app.id, userId);
  const type = removed.type as FactorType;
  const explanation = { factor: type, ...(removed.name && { name: removed.name }) };
  await recordEvent(tx, app.id, { type: "user.factor_removed", actor: by, userId, explanation });
  await notifyOfChange(tx, app, userId, { change: "removed", factor: NOUNS[type] });
}

/** Deletes all factors without a notice: of an account that its owner claims, or that is reset. */
export async function clearFactors(tx: Tx, appId: string, userId: string): Promise<void> {
  await tx.factor.deleteMany({ where: { appId, userId } });
  await noteFactors(tx, appId, userId);
  await clearWithoutFactor(tx, appId, userId);
}

/** Removes all factors of a user who has lost them. Call `wakeOutbox()` after the commit. @throws 404 */
export async function resetFactors(tx: Tx, app: App, { userId, by }: FactorChange): Promise<void> {
  await lockUser(tx, app.id, userId);
  await clearFactors(tx, app.id, userId);
  await recordEvent(tx, app.id, { type: "user.factors_reset", actor: by, userId });
  await notifyOfChange(tx, app, userId, { change: "reset" });
}
