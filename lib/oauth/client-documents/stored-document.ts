/**
 * The stored client of a metadata document: consents and grants refer to its row, and all processes
 * share it until it expires.
 */
import type { App } from "../../apps/apps";
import { now, secondsFromNow } from "../../clock";
import { cached, invalidate } from "../../database/cache";
import { db } from "../../database/client";
import type { Client, ClientMetadata } from "../clients/client";
import { clientColumns, clientFromRow, INCLUDE_SECRETS } from "../clients/client-row";
import { MEMBERS } from "../registration/client-metadata";
import { UNUSED_AFTER_SECONDS } from "../registration/policy";

export interface StoredDocument {
  client: Client;
  expiresAt: Date;
  disabled: boolean;
}

export function findStoredDocument(appId: string, url: string): Promise<StoredDocument | null> {
  return cached(appId, `document/${url}`, async () => {
    const where = { appId_id: { appId, id: url }, source: "cimd" };
    const row = await db().oAuthClient.findUnique({ where, include: INCLUDE_SECRETS });
    if (!row) return null;
    return {
      client: clientFromRow(row),
      expiresAt: row.documentExpiresAt ?? new Date(0),
      disabled: row.disabledAt !== null,
    };
  });
}

/** Settings that the document doesn't have, such as lifetimes, stay as the app's owner set them. */
export async function storeDocument(
  { id: appId }: App,
  url: string,
  settings: ClientMetadata,
  { before, ttlSeconds }: { before: StoredDocument | null; ttlSeconds: number },
): Promise<Client> {
  const documentExpiresAt = secondsFromNow(ttlSeconds);
  const own = Object.fromEntries(
    ["scopes", "public", "pkce", ...MEMBERS].map((name) => [name, settings[name as "pkce"]]),
  );
  const changed = clientColumns({ ...(before?.client ?? settings), ...own });
  const row = await db().oAuthClient.upsert({
    where: { appId_id: { appId, id: url } },
    create: {
      appId,
      id: url,
      ...clientColumns(settings),
      source: "cimd",
      createdAt: now(),
      checkUnusedAt: secondsFromNow(UNUSED_AFTER_SECONDS),
      documentExpiresAt,
    },
    update: { ...changed, documentExpiresAt, updatedAt: now() },
    include: INCLUDE_SECRETS,
  });
  invalidate(appId);
  return clientFromRow(row);
}
