/**
 * The end-session endpoint (OpenID Connect RP-Initiated Logout 1.0). Without a valid ID token hint
 * it asks the user first. It redirects only to a registered URI of the client.
 */
import { type App, getApp } from "../../apps/apps";
import type { AppError } from "../../errors";
import { appOfClient } from "../../hosted/app-of-request";
import type { FormInput } from "../../hosted/form-route";
import { FORM_LOCK } from "../../hosted/html/form-lock";
import { htmlResponse } from "../../hosted/html/page";
import { givenName, html } from "../../hosted/html/template";
import { pageUrl } from "../../hosted/page-urls";
import { endSession, findSession } from "../../hosted/session";
import type { HandlerInput } from "../../http/handler";
import type { HttpRequest } from "../../http/request";
import { redirect } from "../../http/respond";
import { type Parameters, requireUnrepeated } from "../parameters";
import { subjectFor } from "../subjects";
import { answerAsGet } from "./answer-as-get";
import { errorPage } from "./error-page";
import { type LogoutRequest, readLogoutRequest } from "./logout-request";
import { recordOAuthRejection, toOAuthError } from "./rejection";

interface Known {
  /** The App in the path; null at /o/logout. */
  app: App | null;
  parameters: Parameters;
}

function hostOf(uri: string): string {
  return new URL(uri).host || new URL(uri).protocol;
}

/**
 * Without a hint, the user follows a link instead of a redirect, so that Foyer is no open redirector
 * for browsers that aren't signed in.
 */
function signedOutPage({ app, target, targetRejected }: LogoutRequest, cookies: string[] = []): Response {
  const body = html`<p>You are signed out of <strong>${givenName(app.name)}</strong> on this device. ${target ? null : "You can close this page."}</p>
    ${targetRejected ? html`<p>You can’t return to the application: its link isn’t set up correctly.</p>` : null}
    ${target ? html`<div class="actions"><a class="button" href="${target}">Continue to ${hostOf(target)}</a></div>` : null}`;
  const page = htmlResponse({ app, title: "You are signed out", body });
  for (const cookie of cookies) page.headers.append("Set-Cookie", cookie);
  return page;
}

/** The values of the form are validated again when it is submitted. */
function confirmationPage({ app, client, target }: LogoutRequest, parameters: Parameters): Response {
  const kept = { client_id: client?.id, ...valuesOf(parameters, "post_logout_redirect_uri", "state") };
  const hidden = Object.entries(kept).map(([name, value]) =>
    value === undefined ? html`` : html`<input type="hidden" name="${name}" value="${value}">`,
  );
  const body = html`<p>You will need to sign in to <strong>${givenName(app.name)}</strong> again on this device.</p>
    ${target ? html`<p>You then return to <strong>${hostOf(target)}</strong>.</p>` : null}
    <form method="post" action="/o/${app.id}/logout/confirm">${hidden}<div class="actions"><button type="submit">Sign out</button>
    <a class="button quiet" href="${pageUrl(app, "account")}">Stay signed in</a></div></form>`;
  return htmlResponse({ app, title: "Sign out?", body, script: FORM_LOCK });
}

function valuesOf(parameters: Parameters, ...names: string[]): Record<string, string | undefined> {
  return Object.fromEntries(names.map((name) => [name, parameters.get(name)]));
}

async function recordMistake({ app, client, mistake }: LogoutRequest, request: HttpRequest): Promise<void> {
  if (mistake) await recordOAuthRejection(mistake, new URL(request.url).pathname, app.id, client?.id);
}

/** Whether the hint is an ID token of this user. */
async function isHinted({ app, client, subject }: LogoutRequest, userId: string): Promise<boolean> {
  return client !== null && subject === (await subjectFor(app, client, userId));
}

export async function logout({ request, params, known }: HandlerInput<Known>): Promise<Response> {
  known.app = params.app === undefined ? null : await getApp(params.app);
  const appOf = async (parameters: Parameters) => (await readLogoutRequest(known.app ?? null, parameters)).app;
  return answerAsGet(request, { endpoint: "logout", appOf }, async (parameters) => {
    requireUnrepeated(parameters);
    known.parameters = parameters;
    const asked = await readLogoutRequest(known.app ?? null, parameters);
    await recordMistake(asked, request);
    const { app, subject, target } = asked;
    const session = await findSession(request, app);
    // Only a hint of the signed-in user ends the session without asking. Otherwise an attacker
    // could use their own.
    if (session && !(await isHinted(asked, session.userId))) return confirmationPage(asked, parameters);
    if (!session && !subject) return signedOutPage(asked);
    const cookies = await endSession(request, app, session);
    return target ? redirect(target, cookies) : signedOutPage(asked, cookies);
  });
}

export async function renderLogoutError(
  thrown: AppError,
  { request, caller, known }: HandlerInput<Known>,
): Promise<Response> {
  const error = toOAuthError(thrown);
  const clientId = known.parameters?.get("client_id");
  await recordOAuthRejection(error, new URL(request.url).pathname, known.app?.id ?? null, clientId);
  return errorPage(error, caller.requestId, known.app ?? (await appOfClient(clientId)));
}

/** The button of the confirmation page. */
export async function submitLogout({ app, form, request }: FormInput): Promise<Response> {
  const asked = await readLogoutRequest(app, form);
  const cookies = await endSession(request, app, await findSession(request, app));
  return asked.target ? redirect(asked.target, cookies) : signedOutPage(asked, cookies);
}
