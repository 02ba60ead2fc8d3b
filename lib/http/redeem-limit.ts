/** Guards the doors where a mailed link or code is tried: by address, unless an App's backend does it for its users with its API key. */
import { addressKey, consumeLimit, LIMITS } from "../rate-limit";
import { apiKey, bearerToken } from "./guards";
import type { GuardInput } from "./route";

export async function limitRedeeming(input: GuardInput): Promise<void> {
  if (bearerToken(input.request)) await apiKey(input);
  else await consumeLimit(LIMITS.redeem, addressKey(input.caller.ip));
}
