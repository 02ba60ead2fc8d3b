/**
 * The way of a developer from the page of the second factor to the dashboard, whose cookie only the
 * dashboard itself can set: a one-time secret for this browser, valid for a minute.
 */
import type { App } from "../apps/apps";
import { ANONYMOUS_USER } from "../audit/events";
import { equalBytes, sha256 } from "../crypto/hash";
import { transaction } from "../database/client";
import { fail } from "../errors";
import { consumeOneTime, issueOneTime } from "../one-time/one-time";
import { USER_FIELDS } from "../users/user-views";
import { type BrowserSignIn, completeBrowserSignIn, type Proof, type SigningInBrowser } from "./complete";

const ENTRY_SECONDS = 60;

/** Uses the proof up. → the secret of the entry */
export function issueDashboardEntry(app: App, { identify }: Proof, browser: SigningInBrowser): Promise<string> {
  return transaction(async (tx) => {
    const { user, method, amr } = await identify(tx);
    const payload = { method, amr, browser: browser.binding.hash };
    const issue = { purpose: "dashboard_entry", payload, ttlSeconds: ENTRY_SECONDS, userId: user.id } as const;
    return (await issueOneTime(app.id, issue, tx)).secret;
  });
}

function failEntry(): never {
  fail(400, "interaction_ended", "This sign-in has ended. Sign in again.");
}

/**
 * Signs the developer in. `cookie` identifies the browser, so that a link to this page can't sign a
 * visitor in as another developer. @throws 400; 403
 */
export async function redeemDashboardEntry(
  app: App,
  secret: string,
  cookie: string,
  browser: SigningInBrowser,
): Promise<BrowserSignIn> {
  const proof: Proof = {
    by: ANONYMOUS_USER,
    identify: async (tx) => {
      const used = await consumeOneTime(tx, app.id, "dashboard_entry", secret);
      if (used.status !== "ok" || !used.token.userId) return failEntry();
      const { method, amr, browser: bound } = used.token.payload;
      if (!equalBytes(Buffer.from(bound, "base64url"), sha256(cookie))) failEntry();
      const where = { appId_id: { appId: app.id, id: used.token.userId } };
      const user = (await tx.user.findUnique({ where, select: USER_FIELDS })) ?? failEntry();
      return { user, method, amr };
    },
  };
  const signIn = await completeBrowserSignIn(app, proof, browser);
  // A factor was added or the policy changed within the minute.
  return signIn.type === "signed_in" ? signIn : failEntry();
}
