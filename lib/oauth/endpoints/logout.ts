/**
 * The end-session endpoint (OpenID Connect RP-Initiated Logout 1.0). Without a valid ID token hint
 * it never redirects: it asks the user, then shows that the user is signed out.
 */
import { type App, findApp, getApp } from "../../apps/apps";
import { verifyJwt } from "../../apps/jwt";
import type { AppError } from "../../errors";
import { appOfClient } from "../../hosted/app-of-request";
import type { FormInput } from "../../hosted/form-route";
import { FORM_LOCK } from "../../hosted/html/form-lock";
import { htmlResponse } from "../../hosted/html/page";
import { givenName, html } from "../../hosted/html/template";
import { pageUrl } from "../../hosted/page-urls";
import { endSession, findSession } from "../../hosted/session";
import type { HandlerInput } from "../../http/handler";
import { redirect } from "../../http/respond";
import { appOfClientId, type Client, findClient } from "../clients/clients";
import { oauthFail } from "../errors";
import { type Parameters, readParameters } from "../parameters";
import { answerAsGet } from "./answer-as-get";
import { errorPage } from "./error-page";
import { recordOAuthRejection, toOAuthError } from "./rejection";

interface Hint {
  app: App;
  client: Client;
  userId: string | undefined;
}

interface Known {
  /** The App in the path; null at /o/logout. */
  app: App | null;
  parameters: Parameters;
  hint: Hint | null;
}

/** An ID token of Foyer, expired or not. */
async function readHint(parameters: Parameters): Promise<Hint | null> {
  const verified = await verifyJwt(parameters.get("id_token_hint") ?? "", "JWT", { expired: true });
  const audience = verified?.payload.aud;
  const client = verified && typeof audience === "string" ? await findClient(verified.app.id, audience) : null;
  return verified && client ? { app: verified.app, client, userId: verified.payload.sub } : null;
}

async function getRequestedApp(pathApp: App | null, parameters: Parameters, hint: Hint | null): Promise<App> {
  const byClient = appOfClientId(parameters.get("client_id") ?? "");
  const app = pathApp ?? hint?.app ?? (byClient ? await findApp(byClient) : null);
  if (!app)
    oauthFail(
      "invalid_request",
      "The request names no app. Send id_token_hint or client_id, or use the logout URL under the issuer",
    );
  if (hint && hint.app.id !== app.id) oauthFail("invalid_request", "id_token_hint belongs to another issuer");
  if (hint && parameters.get("client_id") && parameters.get("client_id") !== hint.client.id) {
    oauthFail("invalid_request", "client_id is not the audience of id_token_hint", {
      section: "RP-Initiated Logout §2",
    });
  }
  return app;
}

/** Where the client wants the browser to go, with `state`; null if it names no URL. */
function readTarget(parameters: Parameters, { client }: Hint): string | null {
  const target = parameters.get("post_logout_redirect_uri");
  if (!target) return null;
  if (!client.post_logout_redirect_uris.includes(target)) {
    const description = "post_logout_redirect_uri does not exactly match a URI registered for this client";
    oauthFail("invalid_request", description, {
      section: "RP-Initiated Logout §3",
      parameter: "post_logout_redirect_uri",
      facts: { sent: target.slice(0, 500), registered: client.post_logout_redirect_uris },
    });
  }
  const state = parameters.get("state");
  return state ? `${target}${target.includes("?") ? "&" : "?"}${new URLSearchParams({ state })}` : target;
}

function signedOutPage(app: App, cookie?: string): Response {
  const body = html`<p>You are signed out of <strong>${givenName(app.name)}</strong> on this device. You can close this page.</p>`;
  const page = htmlResponse({ app, title: "You are signed out", body });
  if (cookie) page.headers.append("Set-Cookie", cookie);
  return page;
}

function confirmationPage(app: App): Response {
  const body = html`<p>You will need to sign in to <strong>${givenName(app.name)}</strong> again on this device.</p>
    <form method="post" action="/o/${app.id}/logout/confirm"><div class="actions"><button type="submit">Sign out</button>
    <a class="button quiet" href="${pageUrl(app, "account")}">Stay signed in</a></div></form>`;
  return htmlResponse({ app, title: "Sign out?", body, script: FORM_LOCK });
}

export async function logout({ request, params, known }: HandlerInput<Known>): Promise<Response> {
  known.app = params.app === undefined ? null : await getApp(params.app);
  return answerAsGet(request, async (query) => {
    const parameters = readParameters(query);
    known.parameters = parameters;
    const hint = await readHint(parameters);
    known.hint = hint;
    const app = await getRequestedApp(known.app ?? null, parameters, hint);
    const session = await findSession(request, app);
    // Only a hint of the signed-in user ends the session without asking. Otherwise an attacker
    // could use their own.
    if (!hint) return session ? confirmationPage(app) : signedOutPage(app);
    if (session && session.userId !== hint.userId) return confirmationPage(app);
    const target = readTarget(parameters, hint);
    const cookie = await endSession(app, session);
    return target ? redirect(target, [cookie]) : signedOutPage(app, cookie);
  });
}

export async function renderLogoutError(
  thrown: AppError,
  { request, caller, known }: HandlerInput<Known>,
): Promise<Response> {
  const error = toOAuthError(thrown);
  const clientId = known.hint?.client.id ?? known.parameters?.get("client_id");
  await recordOAuthRejection(error, new URL(request.url).pathname, known.app?.id ?? null, clientId);
  return errorPage(error, caller.requestId, known.app ?? (await appOfClient(clientId)));
}

/** The button of the confirmation page. */
export async function submitLogout({ app, request }: FormInput): Promise<Response> {
  return signedOutPage(app, await endSession(app, await findSession(request, app)));
}
