/**
 * The `Idempotency-Key` header (draft-ietf-httpapi-idempotency-key-header). A request that is
 * repeated with the same key creates nothing and gets the first response. Only successes are
 * stored, so a rejected request can be corrected and sent again with the same key.
 */

import { equalBytes, sha256 } from "../crypto/hash";
import type { SealedValue } from "../crypto/reseal";
import { seal, unseal } from "../crypto/seal";
import { db, prepared } from "../database/client";
import { fail, failInput } from "../errors";
import type { HttpRequest } from "./request";
import { json, NO_STORE } from "./respond";

interface IdempotentCall {
  appId: string;
  /** The caller's key together with what it was used for, e.g. `POST /api/v1/… <key>`. */
  key: string;
  /** The body as it was sent. */
  body: string;
}

interface StoredResponse {
  status: number;
  body: unknown;
}

const RETENTION = "24 hours";
/** A request that takes longer than this belongs to a process that died. */
const ABANDONED_AFTER = "60 seconds";

const KEY_FORMAT = /^[\x21-\x7e]{1,255}$/;

const LOCATION = { location: "IdempotencyKey" };

async function claim(call: IdempotentCall, keyHash: Buffer): Promise<boolean> {
  const rows = await prepared(
    "idempotency-claim",
    `INSERT INTO "IdempotencyKey" ("appId", "keyHash", "requestHash", "expiresAt") VALUES ($1, $2, $3, now() + interval '${RETENTION}')
     ON CONFLICT ("appId", "keyHash") DO UPDATE
       SET "requestHash" = EXCLUDED."requestHash", "status" = NULL, "bodySealed" = NULL, "createdAt" = now(), "expiresAt" = EXCLUDED."expiresAt"
       WHERE "IdempotencyKey"."expiresAt" < now()
          OR ("IdempotencyKey"."status" IS NULL AND "IdempotencyKey"."createdAt" < now() - interval '${ABANDONED_AFTER}')
     RETURNING 1`,
    [call.appId, keyHash, sha256(call.body)],
  );
  return rows.length > 0;
}

async function getStored(call: IdempotentCall, keyHash: Buffer): Promise<StoredResponse> {
  const [row] = await prepared<{ requestHash: Buffer; status: number | null; bodySealed: string | null }>(
    "idempotency-find",
    `SELECT "requestHash", "status", "bodySealed" FROM "IdempotencyKey" WHERE "appId" = $1 AND "keyHash" = $2`,
    [call.appId, keyHash],
  );
  if (row && !equalBytes(row.requestHash, sha256(call.body))) {
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
      "The first request with this Idempotency-Key is still running. Try again in a moment.",
      {
        headers: { "Retry-After": "1" },
      },
    );
  }
  return { status: row.status, body: JSON.parse(unseal(row.bodySealed, { appId: call.appId, ...LOCATION })) };
}

/** Runs `run` once per key. Later calls get the stored response. */
export async function runOnce(call: IdempotentCall, run: () => Promise<StoredResponse>): Promise<StoredResponse> {
  const keyHash = sha256(call.key);
  if (!(await claim(call, keyHash))) return getStored(call, keyHash);
  try {
    const response = await run();
    // Sealed, since a response may contain a secret.
    await prepared(
      "idempotency-keep",
      `UPDATE "IdempotencyKey" SET "status" = $3, "bodySealed" = $4 WHERE "appId" = $1 AND "keyHash" = $2`,
      [call.appId, keyHash, response.status, seal(JSON.stringify(response.body), { appId: call.appId, ...LOCATION })],
    );
    return response;
  } catch (error) {
    await prepared("idempotency-release", `DELETE FROM "IdempotencyKey" WHERE "appId" = $1 AND "keyHash" = $2`, [
      call.appId,
      keyHash,
    ]);
    throw error;
  }
}

/**
 * Responds with what `run` returns, or, if the same key was sent before, with the first response.
 */
export async function respondOnce(
  request: HttpRequest,
  { appId, body, status }: { appId: string; body: string; status: number },
  run: () => Promise<unknown>,
): Promise<Response> {
  const key = request.headers.get("idempotency-key");
  if (key === null) return json(await run(), { status, headers: NO_STORE });
  if (!KEY_FORMAT.test(key)) failInput({ "Idempotency-Key": "must have 1 to 255 visible ASCII characters" });
  const call = { appId, body, key: `${request.method} ${new URL(request.url).pathname} ${key}` };
  const response = await runOnce(call, async () => ({ status, body: await run() }));
  return json(response.body, { status: response.status, headers: NO_STORE });
}

/** The stored responses, to be sealed again with a new master key. */
export async function* sealedResponses(): AsyncGenerator<SealedValue> {
  const rows = await db().idempotencyKey.findMany({
    where: { bodySealed: { not: null } },
    select: { appId: true, keyHash: true, bodySealed: true },
  });
  for (const { appId, keyHash, bodySealed } of rows) {
    if (!bodySealed) continue;
    const where = { appId, keyHash, bodySealed };
    const replace = (fresh: string) => db().idempotencyKey.updateMany({ where, data: { bodySealed: fresh } });
    yield { sealed: bodySealed, context: { appId, ...LOCATION }, replace };
  }
}
