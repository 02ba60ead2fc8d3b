/** Rate limit of guessed API keys, by IP address. A valid key is never counted. */
import { consumeLimit, type RateLimit } from "./rate-limit";
import { callerKey } from "./requester";

const UNKNOWN_KEYS: RateLimit = { name: "unknown-api-keys", points: 60, seconds: 60 };

/** Counts one unknown API key. @throws 429 */
export async function limitUnknownApiKeys(): Promise<void> {
  const key = callerKey();
  if (key !== null) await consumeLimit(UNKNOWN_KEYS, key);
}
