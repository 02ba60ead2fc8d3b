/**
 * `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): a creating call that is sent again, since its answer got lost, creates
 * nothing and gets the first answer. Only successes are kept; a refused call may be corrected and sent under the same key.
 */
import { equalBytes, sha256 } from "../crypto/hash";
import type { SealedValue } from "../crypto/reseal";
import { open, seal } from "../crypto/seal";
import { db, prepared } from "../database/client";
import { fail } from "../errors";

export interface IdempotentCall {
  appId: string;
  /** The caller's key together with what it was used for, e.g. `POST /api/v1/… <key>`. */
  key: string;
  /** The body as sent. */
  request: string;
}

export interface StoredAnswer {
  status: number;
  body: unknown;
}

const KEPT = "24 hours";
/** A call that has not come back after so long never will: its process died. */
const ABANDONED = "60 seconds";

const PLACE = { place: "IdempotencyKey" };

async function claim(call: IdempotentCall, keyHash: Buffer): Promise<boolean> {
  const rows = await prepared(
    "idempotency-claim",
    `INSERT INTO "IdempotencyKey" ("appId", "keyHash", "requestHash", "expiresAt") VALUES ($1, $2, $3, now() + interval '${KEPT}')
     ON CONFLICT ("appId", "keyHash") DO UPDATE
       SET "requestHash" = EXCLUDED."requestHash", "status" = NULL, "bodySealed" = NULL, "createdAt" = now(), "expiresAt" = EXCLUDED."expiresAt"
       WHERE "IdempotencyKey"."expiresAt" < now()
          OR ("IdempotencyKey"."status" IS NULL AND "IdempotencyKey"."createdAt" < now() - interval '${ABANDONED}')
     RETURNING 1`,
    [call.appId, keyHash, sha256(call.request)],
  );
  return rows.length > 0;
}

async function findAnswer(call: IdempotentCall, keyHash: Buffer): Promise<StoredAnswer> {
  const [row] = await prepared<{ requestHash: Buffer; status: number | null; bodySealed: string | null }>(
    "idempotency-find",
    `SELECT "requestHash", "status", "bodySealed" FROM "IdempotencyKey" WHERE "appId" = $1 AND "keyHash" = $2`,
    [call.appId, keyHash],
  );
  if (row && !equalBytes(row.requestHash, sha256(call.request))) {
    fail(
      409,
      "idempotency_key_reused",
      "This Idempotency-Key was used with another body. Use a new key for a new request.",
    );
  }
  if (!row?.status || !row.bodySealed) {
    fail(
      409,
      "idempotency_in_progress",
      "The first request with this Idempotency-Key is still running. Ask again in a moment.",
      {
        headers: { "Retry-After": "1" },
      },
    );
  }
  return { status: row.status, body: JSON.parse(open(row.bodySealed, { appId: call.appId, ...PLACE })) };
}

/** Runs `work` once per key; later calls get what it answered, which may hold a secret and is therefore stored sealed. */
export async function once(call: IdempotentCall, work: () => Promise<StoredAnswer>): Promise<StoredAnswer> {
  const keyHash = sha256(call.key);
  if (!(await claim(call, keyHash))) return findAnswer(call, keyHash);
  try {
    const answer = await work();
    await prepared(
      "idempotency-keep",
      `UPDATE "IdempotencyKey" SET "status" = $3, "bodySealed" = $4 WHERE "appId" = $1 AND "keyHash" = $2`,
      [call.appId, keyHash, answer.status, seal(JSON.stringify(answer.body), { appId: call.appId, ...PLACE })],
    );
    return answer;
  } catch (error) {
    await prepared("idempotency-release", `DELETE FROM "IdempotencyKey" WHERE "appId" = $1 AND "keyHash" = $2`, [
      call.appId,
      keyHash,
    ]);
    throw error;
  }
}

/** The answers of the last day, for sealing anew under another master key. */
export async function* sealedAnswers(): AsyncGenerator<SealedValue> {
  const rows = await db().idempotencyKey.findMany({
    where: { bodySealed: { not: null } },
    select: { appId: true, keyHash: true, bodySealed: true },
  });
  for (const { appId, keyHash, bodySealed } of rows) {
    if (!bodySealed) continue;
    const where = { appId, keyHash, bodySealed };
    const replace = (fresh: string) => db().idempotencyKey.updateMany({ where, data: { bodySealed: fresh } });
    yield { sealed: bodySealed, context: { appId, ...PLACE }, replace };
  }
}
