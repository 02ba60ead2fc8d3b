/**
 * Rate limit of requests that store something for a client without a secret (pushed requests and
 * device codes), by IP address within one app: anyone can send them. Browsers and devices of many
 * users can share an address, so it is high.
 */
import { limitEndUser, type RateLimit } from "./rate-limit";

const STORED_REQUESTS: RateLimit = { name: "public-client-requests", points: 300, seconds: 600 };

/** Counts one request that is about to be stored. @throws 429 */
export async function limitPublicClient(client: { appId: string; public: boolean }): Promise<void> {
  if (client.public) await limitEndUser(STORED_REQUESTS, client.appId);
}
