/**
 * Attempts on an account, counted where every process sees them and before they are evaluated: some are free, then each one has to wait
 * longer after the last, and an hour has an end. Success forgets. The same for known and unknown identifiers, which are stored as keyed
 * hashes only.
 */
import { hmacSha256 } from "../crypto/hash";
import { deriveKey } from "../crypto/master-key";
import { prepared } from "../database/client";
import { failRateLimited } from "../errors";
import { processState } from "../process-state";

export interface AttemptLimit {
  kind: string;
  /** How many may fail before the waiting begins. */
  free: number;
  perHour: number;
}

export const LOGIN_ATTEMPTS: AttemptLimit = { kind: "login", free: 5, perHour: 30 };

const MAX_DELAY_SECONDS = 60;

/** Seconds after the last attempt, as SQL over `count`: 1, 2, 4, … 60. */
const DELAY = `least(${MAX_DELAY_SECONDS}, power(2, least(10, c."count" - $4::int)))`;
const WINDOW = `interval '1 hour'`;

const COUNT_ATTEMPT = `
  INSERT INTO "AttemptCounter" AS c ("appId", "kind", "keyHash", "count", "startedAt", "lastAt", "expiresAt")
  VALUES ($1, $2, $3, 1, now(), now(), now() + ${WINDOW})
  ON CONFLICT ("appId", "kind", "keyHash") DO UPDATE SET
    "count" = CASE WHEN c."expiresAt" <= now() THEN 1 ELSE c."count" + 1 END,
    "startedAt" = CASE WHEN c."expiresAt" <= now() THEN now() ELSE c."startedAt" END,
    "expiresAt" = CASE WHEN c."expiresAt" <= now() THEN now() + ${WINDOW} ELSE c."expiresAt" END,
    "lastAt" = now()
  WHERE c."expiresAt" <= now() OR c."count" < $4::int
     OR (c."count" < $5::int AND c."lastAt" + make_interval(secs => ${DELAY}) <= now())
  RETURNING c."count"`;

const RETRY_AFTER = `
  SELECT ceil(extract(epoch FROM CASE WHEN c."count" >= $5::int THEN c."expiresAt"
    ELSE c."lastAt" + make_interval(secs => ${DELAY}) END - now()))::int AS "seconds"
  FROM "AttemptCounter" c WHERE c."appId" = $1 AND c."kind" = $2 AND c."keyHash" = $3`;

type Key = [appId: string, kind: string, keyHash: Buffer, free: number, perHour: number];

async function isCounted(key: Key): Promise<boolean> {
  return (await prepared("attempt-count", COUNT_ATTEMPT, key)).length > 0;
}

async function failTooMany(key: Key): Promise<never> {
  const [row] = await prepared<{ seconds: number }>("attempt-retry-after", RETRY_AFTER, key);
  failRateLimited(Math.max(1, row?.seconds ?? 1), `${key[1]} attempts`);
}

/** What this process is about, by key; each promise ends well, with null where the work failed. */
type InSight = Map<string, Set<Promise<unknown>>>;

/** Attempts that are counted or evaluated right now. */
const inFlight = processState("attempts-in-flight", (): InSight => new Map());

/** Counts that PostgreSQL may have made already; true once one let its attempt in. */
const underWay = processState("attempts-under-way", (): InSight => new Map());

/** Runs `work` where others of the same key can see, and wait for, its end. */
async function inSight<T>(sight: InSight, name: string, work: () => Promise<T>): Promise<T> {
  const running = work();
  const ended = running.catch(() => null);
  const all = sight.get(name) ?? new Set();
  sight.set(name, all.add(ended));
  try {
    return await running;
  } finally {
    all.delete(ended);
    if (all.size === 0) sight.delete(name);
  }
}

/** An answer can overtake the one before it: whether somebody who was counted at the same time was let in. */
async function wasOvertaking(name: string): Promise<boolean> {
  return (await Promise.all(underWay.get(name) ?? [])).some(Boolean);
}

/**
 * Counts an attempt on `identifier`, then runs `evaluate`; when that says the attempt succeeded, everything counted is forgotten. Who is
 * refused while others are still being evaluated waits for their outcome first: twenty right ones at once all succeed.
 * @throws 429 with Retry-After
 */
export async function attempt<T>(
  appId: string,
  limit: AttemptLimit,
  identifier: string,
  evaluate: () => Promise<{ success: boolean; value: T }>,
): Promise<T> {
  const keyHash = hmacSha256(deriveKey("attempts", appId), identifier);
  const key: Key = [appId, limit.kind, keyHash, limit.free, limit.perHour];
  const name = `${appId}/${limit.kind}/${keyHash.toString("base64url")}`;
  const evaluateOnce = async () => {
    const { success, value } = await evaluate();
    if (success) await forgetAttempts(appId, limit, identifier);
    return { value };
  };
  const tryOnce = async () => {
    const counted = await inSight(underWay, name, () => isCounted(key));
    return counted ? inSight(inFlight, name, evaluateOnce) : null;
  };
  // The first try is in sight from the start, so that those who come at the same time know of each other; a further one only while
  // it is evaluated, or the waiting would wait for the waiting.
  let outcome = await inSight(inFlight, name, tryOnce);
  while (!outcome) {
    const others = inFlight.get(name);
    if (others) await Promise.race(others);
    // Also without others: the last of them may have succeeded, and everything be forgotten, since this one was refused.
    outcome = await tryOnce();
    if (!outcome && !others && !(await wasOvertaking(name)) && !inFlight.has(name)) return failTooMany(key);
  }
  return outcome.value;
}

export async function forgetAttempts(appId: string, limit: AttemptLimit, identifier: string): Promise<void> {
  const keyHash = hmacSha256(deriveKey("attempts", appId), identifier);
  await prepared(
    "attempt-forget",
    `DELETE FROM "AttemptCounter" WHERE "appId" = $1 AND "kind" = $2 AND "keyHash" = $3`,
    [appId, limit.kind, keyHash],
  );
}

/**
 * Counts one in the present window of `seconds` and says whether it was within `limit`. For what is refused in silence: mails to one recipient.
 */
export async function countWithin(
  appId: string,
  kind: string,
  identifier: string,
  limit: number,
  seconds: number,
): Promise<boolean> {
  const keyHash = hmacSha256(deriveKey("attempts", appId), identifier);
  const rows = await prepared(
    "attempt-within",
    `INSERT INTO "AttemptCounter" AS c ("appId", "kind", "keyHash", "count", "startedAt", "lastAt", "expiresAt")
     VALUES ($1, $2, $3, 1, now(), now(), now() + make_interval(secs => $5::int))
     ON CONFLICT ("appId", "kind", "keyHash") DO UPDATE SET
       "count" = CASE WHEN c."expiresAt" <= now() THEN 1 ELSE c."count" + 1 END,
       "startedAt" = CASE WHEN c."expiresAt" <= now() THEN now() ELSE c."startedAt" END,
       "expiresAt" = CASE WHEN c."expiresAt" <= now() THEN EXCLUDED."expiresAt" ELSE c."expiresAt" END,
       "lastAt" = now()
     WHERE c."expiresAt" <= now() OR c."count" < $4::int
     RETURNING 1`,
    [appId, kind, keyHash, limit, seconds],
  );
  return rows.length > 0;
}
