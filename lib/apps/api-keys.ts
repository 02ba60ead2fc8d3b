/**
 * API keys of an app's backend. Stored as SHA-256 (256 random bits need no slow hash), and shown
 * once.
 */
import { z } from "zod";
import { type Actor, recordEvent } from "../audit/events";
import { now, nowMs } from "../clock";
import { sha256 } from "../crypto/hash";
import { appIdOfSecretToken, newSecretToken, visiblePrefix } from "../crypto/secret-token";
import { cached, invalidate } from "../database/cache";
import { type ApiKey, db, transaction } from "../database/client";
import { recordUse } from "../database/last-used";
import { fail, failNotFound } from "../errors";
import { newId, TENANT_ZERO } from "../ids";
import { text } from "../input";
import { limitUnknownApiKeys } from "../limits/api-key";

export interface KnownApiKey {
  appId: string;
  keyId: string;
}

/** Creates a key and its row. Only the return value contains the key. */
export function newApiKeyRow(appId: string, name: string, createdBy: string | null) {
  const apiKey = newSecretToken("foyer_sk", appId);
  const row = {
    appId,
    id: newId("key"),
    name,
    prefix: visiblePrefix(apiKey),
    hash: sha256(apiKey),
    createdBy,
    createdAt: now(),
  };
  return { apiKey, row };
}

async function lookUp(presented: string): Promise<KnownApiKey | null> {
  const appId = appIdOfSecretToken("foyer_sk", presented);
  if (!appId) return null;
  const hash = sha256(presented);
  const row = await cached(appId, `api-key/${hash.toString("base64url")}`, () =>
    db().apiKey.findUnique({
      where: { appId_hash: { appId, hash }, revokedAt: null, app: { disabledAt: null } },
      select: { id: true, expiresAt: true },
    }),
  );
  if (!row || (row.expiresAt && row.expiresAt.getTime() <= nowMs())) return null;
  recordUse("ApiKey", appId, row.id);
  return { appId, keyId: row.id };
}

/**
 * The app and ID of an API key, or null: unknown, malformed, expired and revoked keys look the
 * same.
 * @throws 429 after too many unknown keys from one IP address
 */
export async function findApiKey(presented: string): Promise<KnownApiKey | null> {
  const known = await lookUp(presented);
  if (!known) await limitUnknownApiKeys();
  return known;
}

/** An API key in API responses, without the key itself. */
function keyAnswer(row: Omit<ApiKey, "hash">) {
  return {
    key_id: row.id,
    name: row.name,
    prefix: row.prefix,
    created_at: row.createdAt.toISOString(),
    last_used_at: row.lastUsedAt?.toISOString() ?? null,
    revoked_at: row.revokedAt?.toISOString() ?? null,
  };
}

/** Newest first, including revoked keys. */
export async function listApiKeys(appId: string) {
  const rows = await db().apiKey.findMany({ where: { appId }, orderBy: { id: "desc" }, omit: { hash: true } });
  return rows.map(keyAnswer);
}

/** Keys that are not revoked, newest first, with their expiry. */
export async function listActiveKeys(appId: string) {
  return db().apiKey.findMany({
    where: { appId, revokedAt: null },
    orderBy: { id: "desc" },
    select: { id: true, name: true, createdAt: true, lastUsedAt: true, expiresAt: true },
  });
}

export async function getApiKey(appId: string, keyId: string) {
  const where = { appId_id: { appId, id: keyId } };
  const row = await db().apiKey.findUnique({ where, omit: { hash: true } });
  return row ? keyAnswer(row) : failNotFound("The API key");
}

export const KEY_NAME_LENGTH = 100;

export const CreateKeyBody = z.object({ name: text(KEY_NAME_LENGTH).describe("A label to recognize the key.") });

/** Only the return value contains the key. */
export async function createApiKey(
  appId: string,
  name: string,
  by: Actor,
): Promise<{ key_id: string; api_key: string }> {
  // Developers sign in only through the dashboard. A key would give access to all of them.
  if (appId === TENANT_ZERO) fail(403, "reserved_app", "The app of the developers can't have API keys.");
  const { apiKey, row } = newApiKeyRow(appId, name, by.id ?? null);
  await transaction(async (tx) => {
    await tx.apiKey.create({ data: row, select: { id: true } });
    await recordEvent(tx, appId, { type: "api_key.created", actor: by, target: { type: "api_key", id: row.id } });
  });
  return { key_id: row.id, api_key: apiKey };
}

/**
 * The cache notification makes every process reject the key within milliseconds. Revoking a key
 * twice is not an error.
 */
export async function revokeApiKey(appId: string, keyId: string, by: Actor): Promise<void> {
  await transaction(async (tx) => {
    const { count } = await tx.apiKey.updateMany({
      where: { appId, id: keyId, revokedAt: null },
      data: { revokedAt: now() },
    });
    if (count === 0) {
      if (!(await tx.apiKey.findUnique({ where: { appId_id: { appId, id: keyId } }, select: { id: true } })))
        failNotFound("The API key");
      return;
    }
    await recordEvent(tx, appId, { type: "api_key.revoked", actor: by, target: { type: "api_key", id: keyId } });
  });
  invalidate(appId);
}
