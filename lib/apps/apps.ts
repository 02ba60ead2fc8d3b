/** Apps, Foyer's tenants: creation and lookup, including tenant zero. */
import { randomBytes } from "node:crypto";
import { type Actor, recordEvent } from "../audit/events";
import { now } from "../clock";
import { cached } from "../database/cache";
import { db, isUniqueViolation, type Prisma, type Tx, transaction } from "../database/client";
import { env } from "../env";
import { failNotFound } from "../errors";
import { isAppId, newAppId, TENANT_ZERO } from "../ids";
import { newApiKeyRow } from "./api-keys";
import { AppSettings } from "./settings";
import { INITIAL_ALGS, newSigningKeyRow } from "./signing-keys";

export interface App {
  id: string;
  name: string;
  /**
   * `{PUBLIC_URL}/o/{app_id}` at creation. It never changes, because tokens and clients'
   * configurations contain it.
   */
  issuer: string;
  settings: AppSettings;
}

export const APP_NAME_LENGTH = 200;

/** From the cache. null if the app doesn't exist or is disabled. */
export function findApp(appId: string): Promise<App | null> {
  if (!isAppId(appId)) return Promise.resolve(null);
  return cached(appId, "app", async () => {
    const row = await db().app.findUnique({
      where: { id: appId, disabledAt: null },
      select: { id: true, name: true, issuer: true, settings: true },
    });
    return row && { ...row, settings: AppSettings.parse(row.settings) };
  });
}

export async function getApp(appId: string): Promise<App> {
  return (await findApp(appId)) ?? failNotFound("The app", `app ${appId.slice(0, 40)}`);
}

async function insertApp(
  tx: Tx,
  appId: string,
  name: string,
  keys: Prisma.SigningKeyCreateManyInput[],
): Promise<string> {
  const issuer = `${env().PUBLIC_URL}/o/${appId}`;
  await tx.app.create({
    data: { id: appId, name, issuer, pairwiseSalt: randomBytes(32), createdAt: now() },
    select: { id: true },
  });
  await tx.signingKey.createMany({ data: keys });
  return issuer;
}

function newSigningKeyRows(appId: string) {
  return Promise.all(INITIAL_ALGS.map((alg) => newSigningKeyRow(appId, alg, "active")));
}

export interface CreatedApp {
  app_id: string;
  /** Shown once. */
  api_key: string;
  issuer: string;
}

export interface NewApp {
  ownerId: string;
  name: string;
  by: Actor;
}

/**
 * Creates an app with both signing keys, an API key, and its owner (a developer: a user of tenant
 * zero).
 * @param also writes further rows of the app in the same transaction
 */
export async function createApp(
  input: NewApp,
  also?: (tx: Tx, appId: string) => Promise<unknown>,
): Promise<CreatedApp> {
  const appId = newAppId();
  const keys = await newSigningKeyRows(appId);
  const { apiKey, row } = newApiKeyRow(appId, "First key", input.ownerId);
  const issuer = await transaction(async (tx) => {
    const made = await insertApp(tx, appId, input.name, keys);
    await tx.appMember.create({ data: { appId, developerAppId: TENANT_ZERO, userId: input.ownerId, role: "owner" } });
    await tx.apiKey.create({ data: row, select: { id: true } });
    await recordEvent(tx, appId, { type: "app.created", actor: input.by, target: { type: "app", id: appId } });
    await also?.(tx, appId);
    return made;
  });
  return { app_id: appId, api_key: apiKey, issuer };
}

/**
 * Creates tenant zero, whose users are the developers, at the first start. Parallel starts create
 * it once.
 */
export async function ensureTenantZero(): Promise<void> {
  if (await db().app.findUnique({ where: { id: TENANT_ZERO }, select: { id: true } })) return;
  const keys = await newSigningKeyRows(TENANT_ZERO);
  try {
    await transaction((tx) => insertApp(tx, TENANT_ZERO, "Foyer", keys));
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
}
