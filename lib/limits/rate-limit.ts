/**
 * Limits that a process counts by itself (addresses, keys, clients). Those that guard an account or a mailbox are counted in
 * PostgreSQL: lib/limits/attempts.ts. Counted before the evaluation, so a refused attempt costs nothing.
 */
import { isIPv6 } from "node:net";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { failRateLimited } from "../errors";
import { processState } from "../process-state";
import { requestContext } from "../request-context";

/** `points` per `seconds`, for each key. */
export interface Limit {
  name: string;
  points: number;
  seconds: number;
}

export const LIMITS = {
  unknownApiKey: { name: "unknown-api-key", points: 60, seconds: 60 },
  apiSignup: { name: "api-signup", points: 600, seconds: 60 },
  /** Foyer's own pages, by the address of the browser within an App. */
  hostedLogin: { name: "hosted-login", points: 20, seconds: 60 },
  hostedSignup: { name: "hosted-signup", points: 10, seconds: 3600 },
  /** Mails that a browser, or the end-user's address behind a backend, asks for. */
  askedMail: { name: "asked-mail", points: 10, seconds: 600 },
  /** Mailed links and codes that are tried without an API key. */
  redeem: { name: "redeem", points: 60, seconds: 300 },
  /** Ways to a provider, each of which leaves a row until it expires. */
  socialStart: { name: "social-start", points: 120, seconds: 60 },
  /** By the end-user's address, as the App's backend passes it. */
  userAddressLogin: { name: "user-address-login", points: 20, seconds: 60 },
  userAddressSignup: { name: "user-address-signup", points: 10, seconds: 3600 },
} satisfies Record<string, Limit>;

function limiter(limit: Limit): RateLimiterMemory {
  return processState(
    `limit/${limit.name}`,
    () => new RateLimiterMemory({ points: limit.points, duration: limit.seconds }),
  );
}

/** One household: an IPv6 caller owns its whole /64. `::ffff:192.0.2.1`, however it is spelled, is 192.0.2.1. */
export function addressKey(ip: string | null): string {
  if (!ip) return "unknown";
  if (!isIPv6(ip)) return ip;
  // A URL spells an address in one way only (RFC 5952). The zone after % is the network card's.
  const address = new URL(`http://[${ip.split("%")[0]}]`).hostname.slice(1, -1);
  const [left = [], right = []] = address.split("::").map((part) => part.split(":").filter(Boolean));
  const groups = [...left, ...Array(8 - left.length - right.length).fill("0"), ...right];
  const mapped = /^0:0:0:0:0:ffff:(.+):(.+)$/.exec(groups.join(":"));
  if (!mapped) return `${groups.slice(0, 4).join(":")}::/64`;
  return mapped
    .slice(1)
    .map((group) => Number.parseInt(group, 16))
    .map((pair) => `${pair >> 8}.${pair & 255}`)
    .join(".");
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

/**
 * Counts by the end-user's address within an App, when the backend told it (`Foyer-Client-IP`). Without it all of an App's users seem to
 * come from its server, and a limit by address would lock out everybody for one.
 */
export async function limitByUserAddress(limit: Limit, appId: string): Promise<void> {
  const context = requestContext();
  if (context?.userIp) await consumeLimit(limit, `${appId}/${addressKey(context.userIp)}`);
}

/** Counts by the address of a browser at one of our own pages, within an App. */
export async function limitByBrowserAddress(limit: Limit, appId: string): Promise<void> {
  await consumeLimit(limit, `${appId}/${addressKey(requestContext()?.ip ?? null)}`);
}

/** Counts by the caller's address, whatever the App: for secrets that are redeemed by whoever has them. */
export async function limitByCallerAddress(limit: Limit): Promise<void> {
  await consumeLimit(limit, addressKey(requestContext()?.ip ?? null));
}
