/**
 * Rate limit of attempts to use an emailed link or code, by IP address. A link or code that works
 * isn't counted in the end. An app's backend, with its API key, is exempt.
 */
import { type RequestContext, requestContext } from "../request-context";
import { consumeLimit, type RateLimit, refundLimit } from "./rate-limit";
import { ipKey } from "./requester";

const REDEMPTIONS: RateLimit = { name: "link-redemptions", points: 60, seconds: 300 };

/** One request may look at a link and then use it: that counts once. */
const counted = new WeakMap<RequestContext, Promise<void>>();
const refunded = new WeakSet<RequestContext>();

/** Counts the present request. @throws 429 */
export async function limitLinkRedemption(): Promise<void> {
  const context = requestContext();
  if (!context || context.isApiCall) return;
  const counting = counted.get(context) ?? consumeLimit(REDEMPTIONS, ipKey(context.ip));
  counted.set(context, counting);
  return counting;
}

/** The link or code of the present request works: it was no guess. */
export async function refundLinkRedemption(): Promise<void> {
  const context = requestContext();
  const counting = context && counted.get(context);
  if (!counting) return;
  await counting;
  // The entry stays, so that a later look at the same link isn't counted either.
  if (refunded.has(context)) return;
  refunded.add(context);
  await refundLimit(REDEMPTIONS, ipKey(context.ip));
}
