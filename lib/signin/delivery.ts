/**
 * How the outcome of a sign-in that happened at Foyer gets back to the App: as a short-lived token in the query or the fragment of one of its
 * return URLs, or as a code that its backend redeems once (the safest: no token passes through the browser).
 */
import type { App } from "../apps/apps";
import type { Actor } from "../audit/events";
import { fail } from "../errors";
import { consumeOneTime } from "../one-time/one-time";
import { USER_FIELDS } from "../users/user-views";
import { completeSignIn, issueExchangeCode, type Proof } from "./complete";
import type { SessionResponse } from "./session-response";

export type Delivery = App["settings"]["delivery"];

/** Where the browser goes with it, and what it takes along. */
export interface ReturnRedirect {
  redirectUri: string;
  place: "query" | "fragment";
  parameters: Record<string, string>;
}

export interface ReturnTarget {
  redirectUri: string;
  /** The caller's own, given back as it came. */
  state?: string;
  delivery: Delivery;
}

/** It passes through a browser's history and logs, so it lives only as long as taking it up takes. */
const DELIVERED_TOKEN_SECONDS = 300;

/** Adds what goes back to one of the App's addresses, success or failure, with the caller's `state`. */
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

/** Lets the user in, and says where the browser goes with the proof of it. */
export async function deliverSignIn(app: App, proof: Proof, to: ReturnTarget): Promise<ReturnRedirect> {
  if (to.delivery === "code") return returnTo(to, { code: await issueExchangeCode(app, proof) });
  const { token } = await completeSignIn(app, proof, { tokenTtlSeconds: DELIVERED_TOKEN_SECONDS });
  return returnTo(to, { token });
}

/** The session that a delivered code stands for, once. 400 `invalid_code` for any other. */
export function redeemExchangeCode(app: App, code: string, by: Actor): Promise<SessionResponse> {
  const proof: Proof = {
    method: "code",
    amr: [],
    by,
    user: async (tx) => {
      const used = await consumeOneTime(tx, app.id, "exchange_code", code);
      if (used.status !== "ok" || !used.token.userId) return failCode();
      // What the code stands for is the sign-in that gave it.
      Object.assign(proof, used.token.payload);
      const key = { appId_id: { appId: app.id, id: used.token.userId } };
      return (await tx.user.findUnique({ where: key, select: USER_FIELDS })) ?? failCode();
    },
  };
  return completeSignIn(app, proof);
}

function failCode(): never {
  fail(
    400,
    "invalid_code",
    "The code is unknown, expired or used up. It lives one minute and works once; send the user through the sign-in again.",
  );
}
