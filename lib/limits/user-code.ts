/** Rate limit of wrong user codes (RFC 8628 §5.1), by the end user's IP address. */
import { limitEndUserFailures, type RateLimit } from "./rate-limit";

const WRONG_CODES: RateLimit = { name: "user-codes", points: 30, seconds: 600 };

/** Counts wrong codes only. @throws 429 */
export function limitUserCodes<T>(appId: string, evaluate: () => Promise<{ success: boolean; value: T }>): Promise<T> {
  return limitEndUserFailures(WRONG_CODES, appId, evaluate);
}
