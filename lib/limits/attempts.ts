/**
 * Failed password attempts per account, counted in PostgreSQL before the password is checked: five
 * are free, then each must wait longer, and an hour has a maximum. Known and unknown accounts are
 * treated alike.
 */
import { prepared } from "../database/client";
import { failRateLimited } from "../errors";
import { processState } from "../process-state";
import { type Pending, trackPending } from "./in-flight";
import { hashIdentifier } from "./window";

export interface AttemptLimit {
  kind: string;
  /** How many may fail before the next one has to wait. */
  free: number;
  perHour: number;
}

export const PASSWORD_ATTEMPTS: AttemptLimit = { kind: "login", free: 5, perHour: 30 };

/** By user ID: all sign-ins of the account together. */
export const SECOND_FACTOR_ATTEMPTS: AttemptLimit = { kind: "second_factor", free: 5, perHour: 30 };

const MAX_DELAY_SECONDS = 60;

/** Seconds to wait after the last attempt, as SQL over `count`: 1, 2, 4, … 60. */
const DELAY = `least(${MAX_DELAY_SECONDS}, power(2, least(10, c."count" - $4::int)))`;
const WINDOW = `interval '1 hour'`;

/**
 * Counts an attempt; no row if the limit rejects it. Statements that also read something contain it
 * as a CTE, with the parameters of `AttemptKey` first.
 */
export const COUNT_ATTEMPT = `
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

export type AttemptKey = [appId: string, kind: string, keyHash: Buffer, free: number, perHour: number];

export async function countAttempt(key: AttemptKey): Promise<object | null> {
  const [counted] = await prepared("attempt-count", COUNT_ATTEMPT, key);
  return counted ?? null;
}

async function failTooMany(key: AttemptKey): Promise<never> {
  const [row] = await prepared<{ seconds: number }>("attempt-retry-after", RETRY_AFTER, key);
  failRateLimited(Math.max(1, row?.seconds ?? 1), `${key[1]} attempts`);
}

/** Attempts that are being counted or evaluated. */
const inFlight = processState("attempts-in-flight", (): Pending => new Map());

/** Counts sent to PostgreSQL. */
const counting = processState("attempts-counting", (): Pending => new Map());

/** Attempts that aren't decided yet. */
const underWay = processState("attempts-under-way", (): Pending => new Map());

/** How many attempts on an account were accepted since its oldest attempt that is still under way. */
const accepted = processState("attempts-accepted", () => new Map<string, number>());

/**
 * Whether an attempt was accepted since `before`. A count that ran at the same time may have been
 * accepted although its response isn't here yet.
 */
async function isAnotherAccepted(account: string, before: number): Promise<boolean> {
  await Promise.all(counting.get(account) ?? []);
  return (accepted.get(account) ?? 0) !== before;
}

export interface Attempt<Counted, T> {
  /** Counts the attempt. null if the limit rejects it. */
  count: (key: AttemptKey) => Promise<Counted | null>;
  /** `cleared`: it has deleted the count already, as it does for a success. */
  evaluate: (counted: Counted, key: AttemptKey) => Promise<{ success: boolean; value: T; cleared?: boolean }>;
}

/** Counts an attempt on `identifier`, then evaluates it. @throws 429 with Retry-After */
export function limitAttempts<T>(
  appId: string,
  limit: AttemptLimit,
  identifier: string,
  evaluate: () => Promise<{ success: boolean; value: T }>,
): Promise<T> {
  return limitCountedAttempts(appId, limit, identifier, { count: countAttempt, evaluate });
}

/**
 * The same with a count of one's own. Success deletes the count. While other attempts on the same
 * account are being evaluated, a rejected one waits for their outcome and tries again, so 20 correct
 * passwords at once all succeed.
 */
export async function limitCountedAttempts<Counted, T>(
  appId: string,
  limit: AttemptLimit,
  identifier: string,
  { count, evaluate }: Attempt<Counted, T>,
): Promise<T> {
  const keyHash = hashIdentifier(appId, identifier);
  const key: AttemptKey = [appId, limit.kind, keyHash, limit.free, limit.perHour];
  const account = `${appId}/${limit.kind}/${keyHash.toString("base64url")}`;
  const evaluateOnce = async (counted: Counted) => {
    const { success, value, cleared = false } = await evaluate(counted, key);
    if (success && !cleared) await clearAttempts(appId, limit, identifier);
    return { value };
  };
  const tryOnce = async () => {
    const counted = await trackPending(counting, account, async () => {
      const row = await count(key);
      if (row) accepted.set(account, (accepted.get(account) ?? 0) + 1);
      return row;
    });
    return counted ? trackPending(inFlight, account, () => evaluateOnce(counted)) : null;
  };
  const tryUntilDecided = async () => {
    // The first try is tracked while it is counted too, so that attempts that start together see each
    // other. Later tries are tracked only while they are evaluated, or waiting attempts would wait
    // for each other.
    let before = accepted.get(account) ?? 0;
    let outcome = await trackPending(inFlight, account, tryOnce);
    while (!outcome) {
      const others = inFlight.get(account);
      if (others) await Promise.race(others);
      // An attempt that was accepted meanwhile may have succeeded, and deleted the count, after this
      // one was rejected.
      else if (!(await isAnotherAccepted(account, before))) return failTooMany(key);
      before = accepted.get(account) ?? 0;
      outcome = await tryOnce();
    }
    return outcome.value;
  };
  return trackPending(underWay, account, tryUntilDecided).finally(
    () => underWay.has(account) || accepted.delete(account),
  );
}

/** How many attempts have failed or are under way. */
export async function countAttempts(appId: string, limit: AttemptLimit, identifier: string): Promise<number> {
  const [row] = await prepared<{ count: number }>(
    "attempt-read",
    `SELECT "count" FROM "AttemptCounter"
     WHERE "appId" = $1 AND "kind" = $2 AND "keyHash" = $3 AND "expiresAt" > now()`,
    [appId, limit.kind, hashIdentifier(appId, identifier)],
  );
  return row?.count ?? 0;
}

export async function clearAttempts(appId: string, limit: AttemptLimit, identifier: string): Promise<void> {
  await prepared(
    "attempt-clear",
    `DELETE FROM "AttemptCounter" WHERE "appId" = $1 AND "kind" = $2 AND "keyHash" = $3`,
    [appId, limit.kind, hashIdentifier(appId, identifier)],
  );
}
