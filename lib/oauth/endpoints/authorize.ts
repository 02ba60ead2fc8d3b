/**
 * The authorization endpoint (RFC 6749 §3.1): identifies the client, validates the request, then
 * proceeds.
 */

import { type App, getApp } from "../../apps/apps";
import type { AppError } from "../../errors";
import { appOfClient } from "../../hosted/app-of-request";
import { bindBrowser } from "../../hosted/browser-binding";
import { respondToClient } from "../../hosted/client-response";
import { pageUrl } from "../../hosted/page-urls";
import { sessionCookieOf } from "../../hosted/session";
import type { HandlerInput } from "../../http/handler";
import type { HttpRequest } from "../../http/request";
import { redirect } from "../../http/respond";
import { createInteraction } from "../authorize/interaction";
import { proceed, type Screen } from "../authorize/proceed";
import { identifyReceived, type Received, readReceived, receive } from "../authorize/receive";
import { type Identified, isRejected, PLAIN } from "../authorize/request";
import { findSessionAndConsent } from "../consent";
import type { Parameters } from "../parameters";
import { answerAsGet } from "./answer-as-get";
import { errorPage } from "./error-page";
import { recordOAuthRejection, toOAuthError } from "./rejection";

interface Known {
  /** The App in the path; null at /o/authorize, where the client determines it. */
  app: App | null;
  parameters: Parameters;
  /** Set once the client and its redirect URI are verified. */
  identified: Identified;
}

/** Stores the request while the user answers, and shows the first page. */
async function showPage(
  request: HttpRequest,
  { app, client }: Identified,
  { query, origin, error }: Received,
  page: Screen,
): Promise<Response> {
  const arrival = {
    ...(origin !== PLAIN && { origin }),
    ...(error && { error: { code: error.code, description: error.description } }),
  };
  const browser = bindBrowser(request, app.id);
  const id = await createInteraction(app.id, client.id, query, browser.secret, arrival);
  return redirect(pageUrl(app, page, id), browser.cookies);
}

export async function authorize({ request, params, known }: HandlerInput<Known>): Promise<Response> {
  known.app = params.app === undefined ? null : await getApp(params.app);
  const appOf = async (parameters: Parameters) => known.app ?? (await appOfClient(parameters.get("client_id")));
  return answerAsGet(request, { endpoint: "authorize", appOf }, async (parameters, query) => {
    known.parameters = parameters;
    const received = await receive(query, parameters, known.app ?? null);
    const identified = await identifyReceived(received, known.app ?? null);
    known.identified = identified;
    const asked = await readReceived(received, identified);
    const { app, client } = identified;
    const cookie = sessionCookieOf({ app, request });
    const { session, consent } = await findSessionAndConsent(app.id, client.id, cookie);
    const step = await proceed({ request: asked, session, consent, interaction: null });
    const error = isRejected(asked) ? asked.error : step.type === "respond" ? step.error : undefined;
    if (error) await recordOAuthRejection(error, new URL(request.url).pathname, app.id, client.id);
    return step.type === "screen"
      ? showPage(request, identified, received, step.screen)
      : respondToClient(step.response);
  });
}

/** For an unknown client or redirect URI, and for errors of Foyer: a page, never a redirect. */
export async function renderAuthorizeError(
  thrown: AppError,
  { request, caller, known }: HandlerInput<Known>,
): Promise<Response> {
  const { app = null, parameters, identified } = known;
  const error = toOAuthError(thrown);
  const clientId = parameters?.get("client_id");
  const appId = identified?.app.id ?? app?.id ?? null;
  await recordOAuthRejection(error, new URL(request.url).pathname, appId, clientId);
  return errorPage(error, caller.requestId, app ?? (await appOfClient(clientId)));
}
