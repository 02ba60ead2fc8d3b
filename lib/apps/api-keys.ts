/** API keys: what an App's backend shows. Stored as SHA-256 (256 random bits need no slow hash), shown once. */
import { cached } from "../cache";
import { now, nowMs } from "../clock";
import { sha256 } from "../crypto/hash";
import { appOfSecretToken, newSecretToken, visiblePrefix } from "../crypto/secret-token";
import { db } from "../db";
import { newId } from "../ids";

export interface KnownApiKey {
  appId: string;
  keyId: string;
}

/** A new key and its row. The key is in the answer only. */
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

/** The App and key that a presented API key belongs to, or null: unknown, malformed, expired and revoked look the same. */
export async function findApiKey(presented: string): Promise<KnownApiKey | null> {
  const appId = appOfSecretToken("foyer_sk", presented);
  if (!appId) return null;
  const hash = sha256(presented);
  const row = await cached(appId, `api-key/${hash.toString("base64url")}`, () =>
    db().apiKey.findUnique({
      where: { appId_hash: { appId, hash }, revokedAt: null, app: { disabledAt: null } },
      select: { id: true, expiresAt: true },
    }),
  );
  if (!row || (row.expiresAt && row.expiresAt.getTime() <= nowMs())) return null;
  return { appId, keyId: row.id };
}
