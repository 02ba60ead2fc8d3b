/**
 * Rate limit of attempts to use an emailed link or code, by IP address. An app's backend, with its
 * API key, is exempt.
 */
import { type RequestContext, requestContext } from "../request-context";
import { consumeLimit, type RateLimit } from "./rate-limit";
import { ipKey } from "./requester";

const REDEMPTIONS: RateLimit = { name: "link-redemptions", points: 60, seconds: 300 };

/** One request may look at a link and then use it: that counts once. */
const counted = new WeakMap<RequestContext, Promise<void>>();

/** Counts the present request. @throws 429 */
export async function limitLinkRedemption(): Promise<void> {
  const context = requestContext();
  if (!context || context.isApiCall) return;
  const counting = counted.get(context) ?? consumeLimit(REDEMPTIONS, ipKey(context.ip));
  counted.set(context, counting);
  return counting;
}
