/**
 * Limits that a process counts by itself (addresses, keys, clients). Those that guard an account or a mailbox are counted in
 * PostgreSQL: lib/attempts.ts. Counted before the evaluation, so a refused attempt costs nothing.
 */
import { isIPv6 } from "node:net";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { failRateLimited } from "./errors";
import { processState } from "./process-state";

/** `points` per `seconds`, for each key. */
export interface Limit {
  name: string;
  points: number;
  seconds: number;
}

export const LIMITS = {
  unknownApiKey: { name: "unknown-api-key", points: 60, seconds: 60 },
  apiSignup: { name: "api-signup", points: 600, seconds: 60 },
} satisfies Record<string, Limit>;

function limiter(limit: Limit): RateLimiterMemory {
  return processState(
    `limit/${limit.name}`,
    () => new RateLimiterMemory({ points: limit.points, duration: limit.seconds }),
  );
}

/** One household: an IPv6 caller owns its whole /64. */
export function addressKey(ip: string | null): string {
  if (!ip) return "unknown";
  if (!isIPv6(ip)) return ip;
  const [head = "", tail = ""] = ip.split("::");
  const left = head ? head.split(":") : [];
  const right = tail ? tail.split(":") : [];
  const groups = ip.includes("::")
    ? [...left, ...Array(Math.max(0, 8 - left.length - right.length)).fill("0"), ...right]
    : left;
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group || "0", 16).toString(16))
    .join(":")}::/64`;
}

/** Counts one and throws 429 with Retry-After when it was one too many. */
export async function consumeLimit(limit: Limit, key: string): Promise<void> {
  try {
    await limiter(limit).consume(key);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    failRateLimited(Math.max(1, Math.ceil(refused.msBeforeNext / 1000)), `${limit.name} of ${key}`);
  }
}

/** Throws 429 when the key has used up its limit; counts nothing. */
export async function requireWithinLimit(limit: Limit, key: string): Promise<void> {
  const used = await limiter(limit).get(key);
  if (used && used.consumedPoints >= limit.points)
    failRateLimited(Math.max(1, Math.ceil(used.msBeforeNext / 1000)), limit.name);
}
