/**
 * Endpoints that browsers open by GET or POST: a POST is stored, and redirected to a GET that refers
 * to it.
 */
import type { App } from "../../apps/apps";
import { cookieReader } from "../../cookies";
import { sessionCookieOf } from "../../hosted/session";
import { readForm } from "../../http/body";
import type { HttpRequest } from "../../http/request";
import { redirect } from "../../http/respond";
import { isAppId } from "../../ids";
import { readBrowserSecret } from "../authorize/interaction";
import { type Parameters, parseParameters } from "../parameters";
import { getPostedRequest, storePostedRequest } from "../posted-request";

interface Endpoint {
  endpoint: "authorize" | "logout";
  /** The app that a POST belongs to; null or an error if it names none. */
  appOf: (parameters: Parameters) => Promise<App | null>;
}

/** The stored request that a GET refers to, or null. The path of the redirect names the app. */
async function readPosted({ pathname, searchParams }: URL, endpoint: string): Promise<string | null> {
  const posted = searchParams.get("posted");
  const [, appId = ""] = new RegExp(`^/o/([^/]+)/${endpoint}/?$`).exec(pathname) ?? [];
  return posted && isAppId(appId) ? getPostedRequest(appId, posted) : null;
}

async function redirectToApp(app: App, endpoint: string, query: string): Promise<Response> {
  return redirect(`/o/${app.id}/${endpoint}?posted=${await storePostedRequest(app.id, query)}`);
}

function isAppInPath({ pathname }: URL): boolean {
  return /^\/o\/[^/]+\/[^/]/.test(pathname);
}

/**
 * Whether the browser may be signed in although this request, at /o/authorize without an app in its
 * path, has no session cookie. A browser that never opened a hosted page can't be.
 */
function mayHideSession(request: HttpRequest, app: App): boolean {
  if (sessionCookieOf({ app, request })) return false;
  return readBrowserSecret(app.id, cookieReader(request)) !== undefined;
}

/**
 * A POST from another site arrives without the SameSite=Lax cookies; the GET that follows has them
 * (OIDC Core §3.1.2.1).
 */
export async function answerAsGet(
  request: HttpRequest,
  { endpoint, appOf }: Endpoint,
  answer: (parameters: Parameters, query: string) => Promise<Response>,
): Promise<Response> {
  const url = new URL(request.url);
  if (request.method !== "POST") {
    const posted = url.search.includes("posted=") ? await readPosted(url, endpoint) : null;
    const query = posted ?? url.search.slice(1);
    const parameters = parseParameters(query);
    const app = isAppInPath(url) ? null : await appOf(parameters).catch(() => null);
    // The session cookie is sent only to the app's own paths.
    if (app && mayHideSession(request, app)) return redirectToApp(app, endpoint, query);
    return answer(parameters, query);
  }
  const query = new URLSearchParams(await readForm(request)).toString();
  const parameters = parseParameters(query);
  const app = await appOf(parameters);
  // Without an app, shows the error.
  return app ? redirectToApp(app, endpoint, query) : answer(parameters, query);
}
