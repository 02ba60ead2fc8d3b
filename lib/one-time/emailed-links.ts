/** Reads and consumes emailed links, and says why a link doesn't work. */
import type { Tx } from "../database/client";
import { fail } from "../errors";
import { refundLinkRedemption } from "../limits/link-redemption";
import type { OneTime } from "./fields";
import { type LinkIssuer, readLinkToken } from "./link-token";
import { type Consumed, consumeOneTime, peekOneTime } from "./one-time";
import type { Purpose } from "./payloads";

type LinkProblem = Exclude<Consumed<Purpose>["status"], "ok">;

const PROBLEMS: Record<LinkProblem, [code: string, description: string]> = {
  reused: ["link_used", "This link was already used. Request a new one if you need it."],
  expired: ["link_expired", "This link has expired. Request a new one."],
  unknown: [
    "invalid_link",
    "This link is incomplete, was replaced by a newer one, or belongs to another app. Open the whole link from the email, or request a new one.",
  ],
};

/** 400 `link_used`, `link_expired` or `invalid_link` */
export function failLink(problem: LinkProblem): never {
  fail(400, ...PROBLEMS[problem]);
}

/** The one-time secret in a link. @throws 400 `invalid_link` */
export async function linkSecret(app: LinkIssuer, purpose: Purpose, token: string): Promise<string> {
  return (await readLinkToken(app, purpose, token)) ?? failLink("unknown");
}

/** Reads a link without consuming it. @throws 400 */
export async function peekLink<P extends Purpose>(app: LinkIssuer, purpose: P, token: string): Promise<OneTime<P>> {
  const found = await peekOneTime(app.id, purpose, await linkSecret(app, purpose, token));
  if (found.status !== "ok") failLink(found.status);
  await refundLinkRedemption();
  return found.token;
}

/**
 * Consumes a link, for one caller only. If the caller's transaction fails, the link stays unused.
 * @throws 400
 */
export async function consumeLink<P extends Purpose>(
  tx: Tx,
  app: LinkIssuer,
  purpose: P,
  token: string,
): Promise<OneTime<P>> {
  const used = await consumeOneTime(tx, app.id, purpose, await linkSecret(app, purpose, token));
  if (used.status !== "ok") failLink(used.status);
  await refundLinkRedemption();
  return used.token;
}
