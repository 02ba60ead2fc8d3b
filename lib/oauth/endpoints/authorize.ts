/** The authorization endpoint (RFC 6749 §3.1): two phases, then the next step. */
import { type App, getApp } from "../../apps/apps";
import { readCookie } from "../../cookies";
import { knowBrowser } from "../../hosted/browser";
import { MAX_ADDRESS_LENGTH, redirect, respondToClient } from "../../hosted/client-response";
import { htmlResponse } from "../../hosted/html/page";
import { html } from "../../hosted/html/template";
import { appOfClient, appOfPath } from "../../hosted/shown-app";
import { readForm } from "../../http/body";
import { contextOf } from "../../http/caller";
import type { Handler } from "../../http/handler";
import { logError } from "../../http/respond";
import { setHeader } from "../../http/text-response";
import { withRequestContext } from "../../request-context";
import { findHostedSession, sessionCookieName } from "../../sessions/cookie";
import { identify } from "../authorize/identify";
import { type AccountPage, createInteraction, type FormScreen } from "../authorize/interaction";
import { errorResponse, proceed, type Screen } from "../authorize/proceed";
import type { Identified } from "../authorize/request";
import { responseModeOf, validate } from "../authorize/validate";
import { findSessionAndConsent } from "../consent";
import type { OAuthError } from "../errors";
import { type Parameters, readParameters } from "../parameters";
import { recordOAuthRejection, toOAuthError } from "./oauth-route";

export type HostedPage = Screen | FormScreen | AccountPage | "forgot" | "verify/pending";

export function screenUrl(app: App, screen: HostedPage, interactionId?: string): string {
  return `/o/${app.id}/${screen}${interactionId ? `?interaction=${interactionId}` : ""}`;
}

export function sessionOf(request: Request, app: App) {
  return findHostedSession(app.id, readCookie(request, sessionCookieName(app.id)));
}

/** A page, never a redirect: nobody has proved yet that the address is the client's (RFC 9700 §4.11.2). */
export function errorPage(error: OAuthError, requestId: string, app: App | null, target?: string): Response {
  const body = html`<p>${error.description.replace(/\.$/, "")}.</p>
    ${target ? html`<p>The link would have led to <strong>${target}</strong>. If you do not know that address, close this page.</p>` : null}
    <p><small>${error.code} · ${requestId}</small></p>`;
  return htmlResponse({
    status: error.status === 503 ? 503 : error.status === 429 ? 429 : 400,
    app,
    title: "This request cannot be continued",
    body,
    headers: { "X-Request-Id": requestId, ...error.oauth.headers },
  });
}

/** RFC 9700 §4.11.2: only a browser that is signed in, or asked not to be bothered, is sent on with an error. */
async function refuse(
  request: Request,
  who: Identified,
  parameters: Parameters,
  error: OAuthError,
  requestId: string,
): Promise<Response> {
  const silent = parameters.get("prompt") === "none";
  if (!silent && !(await sessionOf(request, who.app)))
    return errorPage(error, requestId, who.app, new URL(who.redirectUri).host || who.redirectUri);
  const answer = {
    app: who.app,
    redirectUri: who.redirectUri,
    responseMode: responseModeOf(parameters),
    state: parameters.get("state") ?? null,
  };
  return respondToClient(errorResponse(answer, error));
}

/** Stores what waits for the user and shows the first screen of it. */
async function open(request: Request, who: Identified, query: string, screen: Screen): Promise<Response> {
  const browser = knowBrowser(request, who.app.id);
  const id = await createInteraction(who.app.id, who.client.id, query, browser.secret);
  return redirect(screenUrl(who.app, screen, id), [browser.cookie]);
}

async function answer(request: Request, app: App | null, query: string, requestId: string): Promise<Response> {
  let who: Identified | null = null;
  let parameters: Parameters | null = null;
  try {
    parameters = readParameters(query);
    who = await identify(parameters, app);
    const valid = await validate(parameters, who);
    const cookie = readCookie(request, sessionCookieName(who.app.id));
    const { session, consent } = await findSessionAndConsent(who.app.id, who.client.id, cookie);
    const step = await proceed(valid, session, null, consent);
    if (step.type === "screen") return await open(request, who, query, step.screen);
    if (step.refused)
      await recordOAuthRejection(step.refused, new URL(request.url).pathname, who.app.id, who.client.id);
    return respondToClient(step.response);
  } catch (thrown) {
    const error = toOAuthError(thrown);
    const { pathname } = new URL(request.url);
    logError(error, { method: request.method, path: pathname });
    await recordOAuthRejection(error, pathname, who?.app.id ?? app?.id ?? null, parameters?.get("client_id"));
    if (!who || !parameters || error.status >= 500 || error.status === 429)
      return errorPage(error, requestId, app ?? (await appOfClient(parameters?.get("client_id"))));
    return refuse(request, who, parameters, error, requestId);
  }
}

/**
 * A post (OIDC Core §3.1.2.1) may come from another site, and then without our Lax cookies: it is answered by a GET of the same request, which
 * has them.
 */
export const authorizeRoute: Handler = async (request, context) => {
  const caller = context.caller ?? contextOf(request.headers);
  return withRequestContext(caller, async () => {
    const { app: appId } = ((await context.params) ?? {}) as { app?: string };
    let response: Response;
    try {
      const app = appId === undefined ? null : await getApp(appId);
      const url = new URL(request.url);
      if (request.method === "POST") {
        // Encoded anew: a body may hold line breaks and characters that no Location may.
        const query = new URLSearchParams(await readForm(request)).toString();
        readParameters(query);
        response =
          query.length > MAX_ADDRESS_LENGTH
            ? await answer(request, app, query, caller.requestId)
            : redirect(`${url.pathname}?${query}`);
      } else response = await answer(request, app, url.search.slice(1), caller.requestId);
    } catch (thrown) {
      response = errorPage(toOAuthError(thrown), caller.requestId, await appOfPath(context));
    }
    setHeader(response, "X-Request-Id", caller.requestId);
    return response;
  });
};
