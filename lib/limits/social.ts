/**
 * Rate limit of started social sign-ins, by the end user's IP address: each one stores a row until
 * it expires.
 */
import { limitEndUser, type RateLimit } from "./rate-limit";

const STARTS: RateLimit = { name: "social-starts", points: 120, seconds: 60 };

/** Counts one start. @throws 429 */
export function limitSocialStarts(appId: string): Promise<void> {
  return limitEndUser(STARTS, appId);
}
