/** Guards the doors where a mailed link or code is tried: by address, unless an App's backend does it for its users with its API key. */

import type { App } from "../apps/apps";
import { apiKey, appInPath, bearerToken } from "../http/guards";
import type { GuardInput } from "../http/route";
import { addressKey, consumeLimit, LIMITS } from "./rate-limit";

export async function limitRedeeming(input: GuardInput): Promise<void> {
  if (bearerToken(input.request)) await apiKey(input);
  else await consumeLimit(LIMITS.redeem, addressKey(input.caller.ip));
}

export interface RedeemerInput extends GuardInput {
  app: App;
}

/** One App, whoever asks; each try is counted. */
export const redeemer = async (input: GuardInput): Promise<RedeemerInput> => {
  const found = await appInPath(input);
  await limitRedeeming(input);
  return { ...input, ...found };
};
