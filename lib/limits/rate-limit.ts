/**
 * Rate limits by IP address or client, counted in memory and shared between processes
 * (shared-counts.ts). Most count a request before anything is checked, so a rejected request costs
 * nothing; guesses count when they fail. Limits that protect one account or mailbox: attempts.ts,
 * email.ts.
 */
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { failRateLimited } from "../errors";
import { processState } from "../process-state";
import { type Pending, trackPending } from "./in-flight";
import { endUserKey } from "./requester";
import { type RateLimit, shareCount, startSharing } from "./shared-counts";

export type { RateLimit };

function limiter(limit: RateLimit): RateLimiterMemory {
  return processState(
    `limit/${limit.name}`,
    () => new RateLimiterMemory({ points: limit.points, duration: limit.seconds }),
  );
}

function failLimit(limit: RateLimit, key: string, { msBeforeNext }: RateLimiterRes): never {
  failRateLimited(Math.max(1, Math.ceil(msBeforeNext / 1000)), `${limit.name} of ${key}`);
}

/** Counts one request. @throws 429 with Retry-After, once the key has used up its limit */
export async function consumeLimit(limit: RateLimit, key: string): Promise<void> {
  try {
    await limiter(limit).consume(key);
  } catch (rejected) {
    if (!(rejected instanceof RateLimiterRes)) throw rejected;
    failLimit(limit, key, rejected);
  }
  const all = await shareCount(limit, key, 1);
  if (all && all.count > limit.points) failRateLimited(all.seconds, `${limit.name} of ${key}`);
}

/** From now on, limits hold for all processes together. */
export function shareLimits(): void {
  startSharing((limit, key, count, seconds) => limiter(limit).set(key, count, seconds));
}

/** Takes one count back, for a request that turned out to be a success. */
export async function refundLimit(limit: RateLimit, key: string): Promise<void> {
  const used = await limiter(limit).get(key);
  if (!used || used.consumedPoints <= 0) return;
  await limiter(limit).reward(key);
  await shareCount(limit, key, -1);
}

/** Failures of another process become known with the next failure here, so only a few may be under way. */
const MOST_IN_FLIGHT = 4;

/** Attempts that are being evaluated, by limit and key. */
const inFlight = processState("limited-attempts", (): Pending => new Map());

/**
 * Counts failures only. An attempt waits while those in flight could use up the limit, so a burst
 * of wrong attempts can't pass it and a burst of right ones is never rejected.
 * @throws 429 with Retry-After, once the key has used up its limit
 */
export async function limitFailures<T>(
  limit: RateLimit,
  key: string,
  evaluate: () => Promise<{ success: boolean; value: T }>,
): Promise<T> {
  const counted = `${limit.name}/${key}`;
  for (;;) {
    const used = await limiter(limit).get(key);
    const failures = used?.consumedPoints ?? 0;
    if (used && failures >= limit.points) failLimit(limit, key, used);
    const others = inFlight.get(counted);
    if (!others || others.size < Math.min(MOST_IN_FLIGHT, limit.points - failures)) break;
    await Promise.race(others);
  }
  return trackPending(inFlight, counted, async () => {
    const { success, value } = await evaluate();
    if (!success) {
      await limiter(limit).penalty(key);
      await shareCount(limit, key, 1);
    }
    return value;
  });
}

/** Counts failures by the end user's IP address, within one app. */
export async function limitEndUserFailures<T>(
  limit: RateLimit,
  appId: string,
  evaluate: () => Promise<{ success: boolean; value: T }>,
): Promise<T> {
  const key = endUserKey();
  return key === null ? (await evaluate()).value : limitFailures(limit, `${appId}/${key}`, evaluate);
}

/** How many failures of the end user's IP address were counted. */
export async function countEndUserFailures(limit: RateLimit, appId: string): Promise<number> {
  const key = endUserKey();
  return key === null ? 0 : ((await limiter(limit).get(`${appId}/${key}`))?.consumedPoints ?? 0);
}

/** Counts one request by the end user's IP address, within one app. */
export async function limitEndUser(limit: RateLimit, appId: string): Promise<void> {
  const key = endUserKey();
  if (key !== null) await consumeLimit(limit, `${appId}/${key}`);
}
