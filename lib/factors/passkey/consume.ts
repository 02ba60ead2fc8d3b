/**
 * Uses a verified passkey, in the transaction of the sign-in: the challenge works once and the counter
 * moves, whichever of several requests is first.
 */
import { now } from "../../clock";
import type { Tx } from "../../database/client";
import { hashOfUse } from "../../one-time/used-tokens";
import type { UserSummary } from "../../users/user-views";
import type { VerifiedPasskey } from "./authentication";
import type { RejectedPasskey } from "./rejection";

interface Used extends UserSummary {
  fresh: boolean;
  used: boolean;
}

/** The user is locked first, as by every change of factors, so that none of them waits for another. */
export async function consumePasskey(
  tx: Tx,
  appId: string,
  { id, userId, counter, synced, challenge }: VerifiedPasskey,
): Promise<UserSummary | RejectedPasskey> {
  const [row] = await tx.$queryRaw<Used[]>`
    WITH "owner" AS (
      SELECT "id", "email", "emailVerifiedAt", "name", "createdAt", "disabledAt", "factors" FROM "User"
      WHERE "appId" = ${appId} AND "id" = ${userId} FOR NO KEY UPDATE
    ), "challenge" AS (
      INSERT INTO "UsedToken" ("appId", "hash", "expiresAt")
      SELECT ${appId}, ${hashOfUse("passkey", challenge.text)}, ${challenge.expiresAt} FROM "owner"
      ON CONFLICT DO NOTHING RETURNING 1
    ), "passkey" AS (
      UPDATE "Factor" f SET "counter" = ${counter}::bigint, "synced" = ${synced}, "lastUsedAt" = ${now()}
      FROM "challenge" WHERE f."appId" = ${appId} AND f."id" = ${id} AND f."userId" = ${userId}
        AND (f."counter" < ${counter}::bigint OR (f."counter" = 0 AND ${counter}::bigint = 0))
      RETURNING 1
    )
    SELECT "owner".*, EXISTS (SELECT 1 FROM "challenge") AS "fresh", EXISTS (SELECT 1 FROM "passkey") AS "used"
    FROM "owner"`;
  if (!row) return { rejected: "unknown" };
  const { fresh, used, ...user } = row;
  if (used) return user;
  if (!fresh) return { rejected: "repeated", userId, passkey: id };
  const exists = await tx.factor.findFirst({ where: { appId, id, userId }, select: { id: true } });
  return { rejected: exists ? "counter" : "unknown", userId, passkey: id };
}
