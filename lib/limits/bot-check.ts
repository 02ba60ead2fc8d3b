/** Rate limits of the bot check by IP address: challenges, and solutions that don't pass. */
import { limitEndUser, limitEndUserFailures, type RateLimit } from "./rate-limit";

const CHALLENGES: RateLimit = { name: "bot-challenges", points: 120, seconds: 60 };
const FAILURES: RateLimit = { name: "bot-checks", points: 60, seconds: 300 };

/** @throws 429 */
export function limitChallenges(appId: string): Promise<void> {
  return limitEndUser(CHALLENGES, appId);
}

/** Counts failed checks: each may call the provider. @throws 429 */
export function limitBotChecks<T>(appId: string, evaluate: () => Promise<{ success: boolean; value: T }>): Promise<T> {
  return limitEndUserFailures(FAILURES, appId, evaluate);
}
