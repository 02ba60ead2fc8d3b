/**
 * Browsers that skip the second factor, because their user wanted that at a sign-in with it
 * (settings.mfa_remember_days). A session there still has one factor, so a step-up asks.
 */
import type { App } from "../apps/apps";
import { now, nowMs } from "../clock";
import { randomSecret, sha256 } from "../crypto/hash";
import { db, type RememberedDevice, type Tx } from "../database/client";
import { failNotFound } from "../errors";
import { newId } from "../ids";
import { requestContext } from "../request-context";

const DAY_MS = 86_400_000;
const USER_AGENT_LENGTH = 400;

function requester() {
  const context = requestContext();
  return { ip: context?.ip ?? null, userAgent: context?.userAgent?.slice(0, USER_AGENT_LENGTH) ?? null };
}

/** What to put in the browser's cookie. null if the app doesn't remember browsers. */
export async function rememberDevice(
  app: App,
  userId: string,
): Promise<{ value: string; maxAgeSeconds: number } | null> {
  const days = app.settings.mfa_remember_days;
  if (days === 0) return null;
  const [id, secret, at] = [newId("dev"), randomSecret(), now()];
  const expiresAt = new Date(at.getTime() + days * DAY_MS);
  await db().rememberedDevice.create({
    data: {
      ...requester(),
      appId: app.id,
      id,
      userId,
      secretHash: sha256(secret),
      createdAt: at,
      lastUsedAt: at,
      expiresAt,
    },
    select: { id: true },
  });
  return { value: `${id}.${secret}`, maxAgeSeconds: days * 86_400 };
}

/**
 * The rows that still count: a new password or a change of factors since then ends them, and so does
 * a shorter setting.
 */
async function validSince(tx: Tx, app: App, userId: string): Promise<Date | null> {
  const days = app.settings.mfa_remember_days;
  const where = { appId_id: { appId: app.id, id: userId } };
  const user =
    days > 0 && (await tx.user.findUnique({ where, select: { passwordChangedAt: true, factorsChangedAt: true } }));
  if (!user) return null;
  const times = [user.passwordChangedAt, user.factorsChangedAt, new Date(nowMs() - days * DAY_MS)];
  return new Date(Math.max(...times.map((at) => at?.getTime() ?? 0)));
}

async function validDevices(tx: Tx, app: App, userId: string) {
  const since = await validSince(tx, app, userId);
  return since && { appId: app.id, userId, createdAt: { gte: since }, expiresAt: { gt: now() } };
}

/** Whether the cookie is of a browser that may skip the second factor of this user. */
export async function isRememberedDevice(
  tx: Tx,
  app: App,
  userId: string,
  cookie: string | undefined,
): Promise<boolean> {
  const [, id, secret] = /^(dev_[0-9a-z]{26})\.([\w-]{43})$/.exec(cookie ?? "") ?? [];
  if (!id || !secret) return false;
  const valid = await validDevices(tx, app, userId);
  if (!valid) return false;
  const where = { ...valid, id, secretHash: sha256(secret) };
  const { count } = await tx.rememberedDevice.updateMany({ where, data: { ...requester(), lastUsedAt: now() } });
  return count === 1;
}

export type RememberedDeviceSummary = Pick<
  RememberedDevice,
  "id" | "ip" | "userAgent" | "createdAt" | "lastUsedAt" | "expiresAt"
>;

/** The browsers that skip the second factor now, the last used first. */
export async function listRememberedDevices(app: App, userId: string): Promise<RememberedDeviceSummary[]> {
  const where = await validDevices(db(), app, userId);
  if (!where) return [];
  return db().rememberedDevice.findMany({
    where,
    orderBy: { lastUsedAt: "desc" },
    take: 100,
    select: { id: true, ip: true, userAgent: true, createdAt: true, lastUsedAt: true, expiresAt: true },
  });
}

/** The browser is asked for the second factor again. @throws 404 */
export async function forgetDevice(app: App, userId: string, id: string): Promise<void> {
  const { count } = await db().rememberedDevice.deleteMany({ where: { appId: app.id, userId, id } });
  if (count === 0) failNotFound("The remembered browser");
}

export async function forgetAllDevices(app: App, userId: string): Promise<void> {
  await db().rememberedDevice.deleteMany({ where: { appId: app.id, userId } });
}
