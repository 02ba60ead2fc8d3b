/**
 * The `Idempotency-Key` header (draft-ietf-httpapi-idempotency-key-header). A request that is
 * repeated with the same key creates nothing and gets the first response. Only successes are
 * stored, so a rejected request can be corrected and sent again with the same key.
 */

import { setTimeout as sleep } from "node:timers/promises";
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

interface Repetition {
  /** How long a repeated call gets the first response, counted from that response. */
  retentionSeconds: number;
  /** How long a repeated call waits for a first one that is still running. */
  waitMs: number;
  failInProgress(): never;
}

/** A request that takes longer than this belongs to a process that died. */
const ABANDONED_AFTER_SECONDS = 60;
const POLL_MS = 50;

const OF_API: Repetition = {
  retentionSeconds: 24 * 3600,
  waitMs: 0,
  failInProgress() {
    const description = "The first request with this Idempotency-Key is still running. Try again in a moment.";
    fail(409, "idempotency_in_progress", description, { headers: { "Retry-After": "1" } });
  },
};

const KEY_FORMAT = /^[\x21-\x7e]{1,255}$/;

const LOCATION = { location: "IdempotencyKey" };

async function claim(call: IdempotentCall, keyHash: Buffer): Promise<boolean> {
  const rows = await prepared(
    "idempotency-claim",
    `INSERT INTO "IdempotencyKey" ("appId", "keyHash", "requestHash", "expiresAt") VALUES ($1, $2, $3, now() + make_interval(secs => $4::int))
     ON CONFLICT ("appId", "keyHash") DO UPDATE
       SET "requestHash" = EXCLUDED."requestHash", "status" = NULL, "bodySealed" = NULL, "createdAt" = now(), "expiresAt" = EXCLUDED."expiresAt"
       WHERE "IdempotencyKey"."expiresAt" < now()
     RETURNING 1`,
    [call.appId, keyHash, sha256(call.body), ABANDONED_AFTER_SECONDS],
  );
  return rows.length > 0;
}

/** null while the first request is running. */
async function findStored(call: IdempotentCall, keyHash: Buffer): Promise<StoredResponse | null> {
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
  if (!row?.status || !row.bodySealed) return null;
  return { status: row.status, body: JSON.parse(unseal(row.bodySealed, { appId: call.appId, ...LOCATION })) };
}

async function runClaimed(
  { appId }: IdempotentCall,
  keyHash: Buffer,
  { retentionSeconds }: Repetition,
  run: () => Promise<StoredResponse>,
): Promise<StoredResponse> {
  try {
    const { status, body } = await run();
    // Sealed, since a response may contain a secret.
    await prepared(
      "idempotency-keep",
      `UPDATE "IdempotencyKey" SET "status" = $3, "bodySealed" = $4, "expiresAt" = now() + make_interval(secs => $5::int)
       WHERE "appId" = $1 AND "keyHash" = $2`,
      [appId, keyHash, status, seal(JSON.stringify(body), { appId, ...LOCATION }), retentionSeconds],
    );
    return { status, body };
  } catch (error) {
    await prepared("idempotency-release", `DELETE FROM "IdempotencyKey" WHERE "appId" = $1 AND "keyHash" = $2`, [
      appId,
      keyHash,
    ]);
    throw error;
  }
}

/** Runs `run` once per key. Later calls get the stored response. */
export async function runOnce(
  call: IdempotentCall,
  run: () => Promise<StoredResponse>,
  repetition: Repetition = OF_API,
): Promise<StoredResponse> {
  const keyHash = sha256(call.key);
  const deadline = performance.now() + repetition.waitMs;
  while (!(await claim(call, keyHash))) {
    const stored = await findStored(call, keyHash);
    if (stored) return stored;
    if (performance.now() >= deadline) repetition.failInProgress();
    await sleep(POLL_MS);
  }
  return runClaimed(call, keyHash, repetition, run);
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
