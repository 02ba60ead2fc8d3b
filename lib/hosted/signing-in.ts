/** The browser of a sign-in on the hosted pages, and its way to the page of the second factor. */
import type { App } from "../apps/apps";
import { sha256 } from "../crypto/hash";
import type { HttpRequest } from "../http/request";
import { redirect } from "../http/respond";
import type { PendingGoal } from "../one-time/payloads";
import {
  completeBrowserSignIn,
  type PendingBrowserSignIn,
  type Proof,
  type SigningInBrowser,
} from "../signin/complete";
import { deliverSignIn, type ReturnTarget } from "../signin/delivery";
import { bindBrowser } from "./browser-binding";
import { respondToApp } from "./client-response";
import { pageUrl } from "./page-urls";
import { remembered } from "./remembered-browser";
import { startSession } from "./session";

/** What a sign-in that continues an authorization request needs. Its browser has the cookie already. */
export function signingInFor(request: HttpRequest, app: App, interaction: { id: string }): SigningInBrowser {
  return signingIn(request, app, { type: "interaction", id: interaction.id });
}

/** `goal` is where the sign-in continues after a second factor. */
export function signingIn(request: HttpRequest, app: App, goal: PendingGoal): SigningInBrowser & { cookies: string[] } {
  const { secret, cookies } = bindBrowser(request, app.id);
  return { binding: { hash: sha256(secret).toString("base64url"), goal }, isRemembered: remembered(request), cookies };
}

/** To the page of the second factor. The cookies bind a browser that had none. */
export function continueWithFactor(app: App, { id }: PendingBrowserSignIn, cookies: string[] = []): Response {
  return redirect(secondFactorUrl(app, id), cookies);
}

/** `way` is the kind of factor that the user has chosen. */
export function secondFactorUrl(app: Pick<App, "id">, pendingId: string, way?: string): string {
  return `/o/${app.id}/second-factor?sign_in=${pendingId}${way ? `&way=${way}` : ""}`;
}

/** Signs a user in and redirects to the app's return URL, after the second factor if there is one. */
export async function deliverFromBrowser(
  request: HttpRequest,
  app: App,
  proof: Proof,
  to: ReturnTarget,
  status?: 302 | 303,
): Promise<Response> {
  const { cookies, ...browser } = signingIn(request, app, { type: "return", ...to });
  const delivered = await deliverSignIn(app, proof, to, browser);
  return "type" in delivered ? continueWithFactor(app, delivered, cookies) : respondToApp(delivered, status);
}

/** Signs a user in who isn't on the way to an app, and shows the account page. */
export async function signInToAccount(request: HttpRequest, app: App, proof: Proof): Promise<Response> {
  const { cookies, ...browser } = signingIn(request, app, { type: "account", page: "account" });
  const signIn = await completeBrowserSignIn(app, proof, browser);
  if (signIn.type === "pending") return continueWithFactor(app, signIn, cookies);
  const started = await startSession(request, app, signIn);
  return redirect(pageUrl(app, "account"), started.cookies);
}
