/**
 * Counts in a fixed time window, in PostgreSQL: they hold across processes and survive a restart.
 */
import { hmacSha256 } from "../crypto/hash";
import { deriveKey } from "../crypto/master-key";
import { prepared } from "../database/client";

/**
 * The stored form of an identifier (an email address, a user ID). The table contains no address in
 * plaintext.
 */
export function hashIdentifier(appId: string, identifier: string): Buffer {
  return hmacSha256(deriveKey("attempts", appId), identifier);
}

export interface Window {
  appId: string;
  kind: string;
  identifier: string;
  limit: number;
  seconds: number;
}

/**
 * Counts one in the current window. → false when that was more than `limit`; then nothing is
 * counted.
 */
export async function isWithinWindow({ appId, kind, identifier, limit, seconds }: Window): Promise<boolean> {
  const rows = await prepared(
    "count-within-window",
    `INSERT INTO "AttemptCounter" AS c ("appId", "kind", "keyHash", "count", "startedAt", "lastAt", "expiresAt")
     VALUES ($1, $2, $3, 1, now(), now(), now() + make_interval(secs => $5::int))
     ON CONFLICT ("appId", "kind", "keyHash") DO UPDATE SET
       "count" = CASE WHEN c."expiresAt" <= now() THEN 1 ELSE c."count" + 1 END,
       "startedAt" = CASE WHEN c."expiresAt" <= now() THEN now() ELSE c."startedAt" END,
       "expiresAt" = CASE WHEN c."expiresAt" <= now() THEN EXCLUDED."expiresAt" ELSE c."expiresAt" END,
       "lastAt" = now()
     WHERE c."expiresAt" <= now() OR c."count" < $4::int
     RETURNING 1`,
    [appId, kind, hashIdentifier(appId, identifier), limit, seconds],
  );
  return rows.length > 0;
}
