/**
 * Delivers a sign-in that happened at Foyer to the app: as a short-lived token in the query or
 * fragment of a return URL, or as a code that the app's backend exchanges once. The code is the
 * safest, since no token passes through the browser.
 */
import type { App } from "../apps/apps";
import type { Actor } from "../audit/events";
import { fail } from "../errors";
import { consumeOneTime } from "../one-time/one-time";
import { USER_FIELDS } from "../users/user-views";
import {
  completeDeliveredSignIn,
  completeSignIn,
  issueExchangeCode,
  type PendingBrowserSignIn,
  type Proof,
  type SigningInBrowser,
} from "./complete";
import type { SessionResponse } from "./session-response";

export type Delivery = App["settings"]["delivery"];

/** A redirect to one of the app's return URLs. */
export interface ReturnRedirect {
  redirectUri: string;
  place: "query" | "fragment";
  parameters: Record<string, string>;
}

export interface ReturnTarget {
  redirectUri: string;
  /** The caller's; returned unchanged. */
  state?: string;
  delivery: Delivery;
}

/** Short, since the token passes through the browser's history and logs. */
const DELIVERED_TOKEN_SECONDS = 300;

/** The redirect that returns a result or an error to the app, with the caller's `state`. */
export function returnTo(
  { redirectUri, state, delivery }: ReturnTarget,
  parameters: Record<string, string>,
): ReturnRedirect {
  return {
    redirectUri,
    place: delivery === "fragment" ? "fragment" : "query",
    parameters: { ...parameters, ...(state !== undefined && { state }) },
  };
}

/**
 * Signs the user in, or issues the code for it. → the redirect that delivers it, or the pending
 * sign-in
 */
export async function deliverSignIn(
  app: App,
  proof: Proof,
  to: ReturnTarget,
  browser: SigningInBrowser,
): Promise<ReturnRedirect | PendingBrowserSignIn> {
  if (to.delivery === "code") {
    const issued = await issueExchangeCode(app, proof, browser);
    return issued.type === "code" ? returnTo(to, { code: issued.code }) : issued;
  }
  const delivered = await completeDeliveredSignIn(app, proof, browser, DELIVERED_TOKEN_SECONDS);
  return "type" in delivered ? delivered : returnTo(to, { token: delivered.token });
}

/** Exchanges a delivered code for a session, once. @throws 400 `invalid_code` */
export function redeemExchangeCode(app: App, code: string, by: Actor): Promise<SessionResponse> {
  return completeSignIn(app, {
    by,
    identify: async (tx) => {
      const used = await consumeOneTime(tx, app.id, "exchange_code", code);
      if (used.status !== "ok" || !used.token.userId) return failCode();
      const { userId, payload } = used.token;
      const where = { appId_id: { appId: app.id, id: userId } };
      const user = (await tx.user.findUnique({ where, select: USER_FIELDS })) ?? failCode();
      // The payload names the method that the user signed in with.
      return { user, ...payload };
    },
  });
}

function failCode(): never {
  fail(
    400,
    "invalid_code",
    "The code is unknown, expired or already used. A code is valid for one minute. Start the sign-in again.",
  );
}
