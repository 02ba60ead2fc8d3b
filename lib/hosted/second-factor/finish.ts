/** What follows once the second factor of a browser's sign-in is proved: the pending goal. */
import type { App } from "../../apps/apps";
import { ANONYMOUS_USER } from "../../audit/events";
import { cookieReader } from "../../cookies";
import type { ProvedFactor } from "../../factors/handler";
import type { HttpRequest } from "../../http/request";
import { redirect } from "../../http/respond";
import { accountPage, getInteraction, readBrowserSecret } from "../../oauth/authorize/interaction";
import type { Parameters } from "../../oauth/parameters";
import type { PendingGoal } from "../../one-time/payloads";
import { findHostedSession } from "../../sessions/cookie";
import { completeBrowserSignIn, type Proof, type SigningInBrowser } from "../../signin/complete";
import { issueDashboardEntry } from "../../signin/dashboard-entry";
import { failPending, getPending, type Pending, type PendingReference } from "../../signin/pending";
import { proofOfBoth, stepUp } from "../../signin/second-factor";
import { requireReturnUrl } from "../../social/return-urls";
import { redirectWithFlash } from "../flash";
import { continueInteraction, continueSignedIn } from "../interactions";
import { pageUrl } from "../page-urls";
import { rememberBrowser } from "../remembered-browser";
import { renewCookie } from "../session";
import { deliverFromBrowser, signInToAccount } from "../signing-in";

interface FinishInput {
  request: HttpRequest;
  app: App;
  /** `remember`: the user wants to skip the second factor in this browser from now on. */
  form?: Parameters;
}

/** How this browser refers to a pending sign-in that it started. */
export function referenceOf({ request, app }: FinishInput, id: string): PendingReference {
  return { id, browser: readBrowserSecret(app.id, cookieReader(request)) };
}

/** @throws 400 `interaction_ended` */
export function pendingOf(input: FinishInput, id: string | undefined): Promise<Pending> {
  return getPending(input.app, referenceOf(input, id ?? ""));
}

export function interactionOfGoal({ request, app }: FinishInput, id: string) {
  return getInteraction(app.id, id, readBrowserSecret(app.id, cookieReader(request)));
}

type Proved = Pick<ProvedFactor, "amr" | "use">;

/** The page of the account that asked. A form there can't be repeated for the user. */
function backToAccount(app: App, goal: PendingGoal, cookies: string[]): Response {
  const page = goal.type === "account" ? accountPage(goal.page) : "account";
  if (page !== "account") return redirect(pageUrl(app, page), cookies);
  const message = "You confirmed it’s you. You can make your change now.";
  const response = redirectWithFlash(app, pageUrl(app, page), { ok: true, message });
  for (const cookie of cookies) response.headers.append("Set-Cookie", cookie);
  return response;
}

/** The session keeps its ID, and gets a new cookie. */
async function finishStepUp(
  input: FinishInput,
  reference: PendingReference,
  proved: Proved,
  goal: PendingGoal,
): Promise<Response> {
  const { request, app } = input;
  const { cookies, value } = renewCookie(request, app, await stepUp(app, reference, proved));
  // The dashboard's cookie names the session and stays the same.
  if (goal.type === "dashboard") return redirect(goal.path);
  if (goal.type !== "interaction") return backToAccount(app, goal, cookies);
  const interaction = await interactionOfGoal(input, goal.id);
  return continueInteraction(app, interaction, await findHostedSession(app.id, value), cookies);
}

async function finishSignIn(input: FinishInput, proof: Proof, browser: SigningInBrowser): Promise<Response> {
  const { request, app, form } = input;
  const { goal } = browser.binding;
  if (goal.type === "interaction") {
    const interaction = await interactionOfGoal(input, goal.id);
    return continueSignedIn(request, app, interaction, await completeBrowserSignIn(app, proof, browser), { form });
  }
  if (goal.type === "account") return signInToAccount(request, app, proof);
  if (goal.type === "dashboard") {
    const query = new URLSearchParams({ entry: await issueDashboardEntry(app, proof, browser), next: goal.path });
    return redirect(`/api/dashboard/auth/continue?${query}`);
  }
  // The app may have removed the URL since the first step.
  await requireReturnUrl(app, goal.redirectUri);
  return deliverFromBrowser(request, app, proof, goal);
}

async function finishRemembered(
  { app, form }: FinishInput,
  userId: string,
  finish: () => Promise<Response>,
): Promise<Response> {
  const response = await finish();
  return form?.get("remember") ? rememberBrowser(app, userId, response) : response;
}

/** Completes the sign-in, or raises the session that asked. @throws 400, 401 */
export function finishSecondFactor(input: FinishInput, pending: Pending, proved: Proved): Promise<Response> {
  const reference = referenceOf(input, pending.id);
  const { browser, sessionId } = pending;
  if (!browser) failPending(reference);
  if (sessionId) return finishStepUp(input, reference, proved, browser.goal);
  return finishRemembered(input, pending.user.id, () =>
    finishSignIn(input, proofOfBoth(input.app, reference, proved, ANONYMOUS_USER), { binding: browser }),
  );
}
