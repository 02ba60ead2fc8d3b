/**
 * Rate limits that each process counts in memory, by IP address or client. They count a request
 * before anything is checked, so a rejected request costs nothing. Limits that protect one account
 * or mailbox: attempts.ts, email.ts.
 */
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { failRateLimited } from "../errors";
import { processState } from "../process-state";
import { endUserKey } from "./requester";

/** `points` per `seconds`, for each key. */
export interface RateLimit {
  name: string;
  points: number;
  seconds: number;
}

function limiter(limit: RateLimit): RateLimiterMemory {
  return processState(
    `limit/${limit.name}`,
    () => new RateLimiterMemory({ points: limit.points, duration: limit.seconds }),
  );
}

/** Counts one request. @throws 429 with Retry-After, once the key has used up its limit */
export async function consumeLimit(limit: RateLimit, key: string): Promise<void> {
  try {
    await limiter(limit).consume(key);
  } catch (rejected) {
    if (!(rejected instanceof RateLimiterRes)) throw rejected;
    failRateLimited(Math.max(1, Math.ceil(rejected.msBeforeNext / 1000)), `${limit.name} of ${key}`);
  }
}

/** Counts nothing. @throws 429 with Retry-After, once the key has used up its limit */
export async function requireWithinLimit(limit: RateLimit, key: string): Promise<void> {
  const used = await limiter(limit).get(key);
  if (used && used.consumedPoints >= limit.points)
    failRateLimited(Math.max(1, Math.ceil(used.msBeforeNext / 1000)), limit.name);
}

/** Counts one request by the end user's IP address, within one app. */
export async function limitEndUser(limit: RateLimit, appId: string): Promise<void> {
  const key = endUserKey();
  if (key !== null) await consumeLimit(limit, `${appId}/${key}`);
}
