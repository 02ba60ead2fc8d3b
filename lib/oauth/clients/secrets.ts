/** Client secrets, stored as SHA-256. Two can be active, so a rotation needs no downtime. */
import { type Actor, recordEvent } from "../../audit/events";
import { now } from "../../clock";
import { sha256 } from "../../crypto/hash";
import { newSecretToken, visiblePrefix } from "../../crypto/secret-token";
import { invalidate } from "../../database/cache";
import { db, transaction } from "../../database/client";
import { fail, failNotFound } from "../../errors";
import { newId } from "../../ids";

export const MAX_ACTIVE_SECRETS = 2;

export function newClientSecretRow(appId: string, clientId: string) {
  const secret = newSecretToken("foyer_cs", appId);
  const row = {
    appId,
    id: newId("sec"),
    clientId,
    prefix: visiblePrefix(secret),
    hash: sha256(secret),
    createdAt: now(),
  };
  return { secret, row };
}

/** The active secrets, newest first, without their hashes. */
export async function listClientSecrets(appId: string, clientId: string) {
  const rows = await db().clientSecret.findMany({
    where: { appId, clientId, revokedAt: null },
    orderBy: { id: "desc" },
    omit: { hash: true },
  });
  return rows.map((row) => ({
    secret_id: row.id,
    prefix: row.prefix,
    created_at: row.createdAt.toISOString(),
    last_used_at: row.lastUsedAt?.toISOString() ?? null,
  }));
}

/** Revokes a secret. 409 for the only one: the client could not authenticate without it. */
export async function revokeClientSecret(appId: string, clientId: string, secretId: string, by: Actor): Promise<void> {
  await transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "OAuthClient" WHERE "appId" = ${appId} AND "id" = ${clientId} FOR NO KEY UPDATE`;
    const active = { appId, clientId, revokedAt: null };
    const others = await tx.clientSecret.count({ where: { ...active, id: { not: secretId } } });
    const { count } = await tx.clientSecret.updateMany({
      where: { ...active, id: secretId },
      data: { revokedAt: now() },
    });
    if (count === 0) failNotFound("The secret");
    if (others === 0) fail(409, "last_secret", "This is the client's only secret. Create a new one first.");
    await recordEvent(tx, appId, {
      type: "client.secret_revoked",
      actor: by,
      clientId,
      target: { type: "client_secret", id: secretId },
    });
  });
  invalidate(appId);
}
