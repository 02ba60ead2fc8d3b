/**
 * Registration tokens: the initial access tokens of dynamic registration (RFC 7591 §3). A token
 * registers any number of clients until it expires or is revoked. Stored as SHA-256, shown once.
 */
import { z } from "zod";
import { type Actor, recordEvent } from "../../audit/events";
import { now, nowMs, secondsFromNow } from "../../clock";
import { sha256 } from "../../crypto/hash";
import { appIdOfSecretToken, newSecretToken, visiblePrefix } from "../../crypto/secret-token";
import { db, transaction } from "../../database/client";
import { fail, failNotFound } from "../../errors";
import { newId, TENANT_ZERO } from "../../ids";

const YEAR = 365 * 86_400;

export const CreateRegistrationTokenBody = z.object({
  expires_in: z
    .number()
    .int()
    .min(60)
    .max(10 * YEAR)
    .describe("Lifetime in seconds. Without it, the token is valid until you revoke it.")
    .optional(),
});

/** Only the return value contains the token. */
export async function createRegistrationToken(
  appId: string,
  { expires_in }: z.output<typeof CreateRegistrationTokenBody>,
  by: Actor,
): Promise<{ registration_token_id: string; token: string; expires_at: string | null }> {
  if (appId === TENANT_ZERO) fail(403, "reserved_app", "The app of the developers can't have OAuth clients.");
  const token = newSecretToken("foyer_iat", appId);
  const id = newId("rgt");
  const expiresAt = expires_in === undefined ? null : secondsFromNow(expires_in);
  const row = { appId, id, prefix: visiblePrefix(token), hash: sha256(token), createdAt: now(), expiresAt };
  await transaction(async (tx) => {
    await tx.registrationToken.create({ data: row, select: { id: true } });
    await recordEvent(tx, appId, {
      type: "registration_token.created",
      actor: by,
      target: { type: "registration_token", id },
    });
  });
  return { registration_token_id: id, token, expires_at: expiresAt?.toISOString() ?? null };
}

export type RegistrationTokenStatus = "active" | "expired" | "revoked";

function statusOf(row: { expiresAt: Date | null; revokedAt: Date | null }): RegistrationTokenStatus {
  if (row.revokedAt) return "revoked";
  return row.expiresAt && row.expiresAt.getTime() <= nowMs() ? "expired" : "active";
}

/** Newest first, including expired and revoked tokens, without the tokens themselves. */
export async function listRegistrationTokens(appId: string) {
  const rows = await db().registrationToken.findMany({
    where: { appId },
    orderBy: { id: "desc" },
    take: 200,
    omit: { hash: true },
  });
  return rows.map((row) => ({
    registration_token_id: row.id,
    prefix: row.prefix,
    status: statusOf(row),
    created_at: row.createdAt.toISOString(),
    last_used_at: row.lastUsedAt?.toISOString() ?? null,
    expires_at: row.expiresAt?.toISOString() ?? null,
    revoked_at: row.revokedAt?.toISOString() ?? null,
  }));
}

/** Clients that were registered with the token stay. Revoking it twice is not an error. */
export async function revokeRegistrationToken(appId: string, id: string, by: Actor): Promise<void> {
  await transaction(async (tx) => {
    const where = { appId, id };
    const { count } = await tx.registrationToken.updateMany({
      where: { ...where, revokedAt: null },
      data: { revokedAt: now() },
    });
    if (count === 0) {
      if ((await tx.registrationToken.count({ where })) === 0) failNotFound("The registration token");
      return;
    }
    await recordEvent(tx, appId, {
      type: "registration_token.revoked",
      actor: by,
      target: { type: "registration_token", id },
    });
  });
}

/** The ID of an active registration token of the app, or null. Notes its use. */
export async function findRegistrationToken(appId: string, presented: string): Promise<string | null> {
  if (appIdOfSecretToken("foyer_iat", presented) !== appId) return null;
  const [used] = await db().registrationToken.updateManyAndReturn({
    where: {
      appId,
      hash: sha256(presented),
      revokedAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: now() } }],
    },
    data: { lastUsedAt: now() },
    select: { id: true },
  });
  return used?.id ?? null;
}
