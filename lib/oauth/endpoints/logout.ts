/** RP-initiated logout (OpenID Connect RP-Initiated Logout 1.0). Without a valid hint it never redirects: it asks, then says it is done. */
import { type App, findApp, getApp } from "../../apps/apps";
import { verifyJwt } from "../../apps/jwt";
import { signedOutCookie } from "../../hosted/account/account";
import { MAX_ADDRESS_LENGTH, redirect } from "../../hosted/client-response";
import { formRoute } from "../../hosted/form-route";
import { htmlResponse } from "../../hosted/html/page";
import { givenName, html } from "../../hosted/html/template";
import { appOfClient, appOfPath } from "../../hosted/shown-app";
import { readForm } from "../../http/body";
import { contextOf } from "../../http/caller";
import type { Handler } from "../../http/handler";
import { logError } from "../../http/respond";
import { setHeader } from "../../http/text-response";
import { withRequestContext } from "../../request-context";
import { revokeSession } from "../../sessions/revoke";
import { appOfClientId, type Client, findClient } from "../clients/clients";
import { OAuthError } from "../errors";
import { type Parameters, readParameters } from "../parameters";
import { errorPage, sessionOf } from "./authorize";
import { recordOAuthRejection, toOAuthError } from "./oauth-route";

interface Hint {
  app: App;
  client: Client;
  userId: string | undefined;
}

/** An ID token of ours, expired or not. */
async function readHint(parameters: Parameters): Promise<Hint | null> {
  const verified = await verifyJwt(parameters.get("id_token_hint") ?? "", "JWT", { expired: true });
  const audience = verified?.payload.aud;
  const client = verified && typeof audience === "string" ? await findClient(verified.app.id, audience) : null;
  return verified && client ? { app: verified.app, client, userId: verified.payload.sub } : null;
}

/** Which client a refused request speaks for, for the event that its App's owner sees. */
async function clientNamed(query: string): Promise<string | undefined> {
  try {
    const parameters = readParameters(query);
    return (await readHint(parameters))?.client.id ?? parameters.get("client_id");
  } catch {
    return undefined;
  }
}

async function appOf(pathApp: App | null, parameters: Parameters, hint: Hint | null): Promise<App> {
  const byClient = appOfClientId(parameters.get("client_id") ?? "");
  const app = pathApp ?? hint?.app ?? (byClient ? await findApp(byClient) : null);
  if (!app)
    throw new OAuthError(
      "invalid_request",
      "Say which App: send id_token_hint or client_id, or use the address under the issuer",
    );
  if (hint && hint.app.id !== app.id)
    throw new OAuthError("invalid_request", "id_token_hint belongs to another issuer");
  if (hint && parameters.get("client_id") && parameters.get("client_id") !== hint.client.id) {
    throw new OAuthError("invalid_request", "client_id is not the audience of id_token_hint", {
      section: "RP-Initiated Logout §2",
    });
  }
  return app;
}

function goodbye(app: App): Response {
  const body = html`<p>Your session at <strong>${givenName(app.name)}</strong> has ended on this device. You can close this page.</p>`;
  return htmlResponse({ app, title: "You are signed out", body });
}

function question(app: App): Response {
  const body = html`<p>You will have to sign in to <strong>${givenName(app.name)}</strong> again on this device.</p>
    <form method="post" action="/o/${app.id}/logout/confirm"><div class="actions"><button type="submit">Sign out</button>
    <a class="button quiet" href="/o/${app.id}/account">Stay signed in</a></div></form>`;
  return htmlResponse({ app, title: "Sign out?", body });
}

async function answer(request: Request, pathApp: App | null, query: string): Promise<Response> {
  const parameters = readParameters(query);
  const hint = await readHint(parameters);
  const app = await appOf(pathApp, parameters, hint);
  const session = await sessionOf(request, app);
  // Only a token of the very user may end the session unasked; an attacker's own token must not sign somebody else out.
  if (!hint) return session ? question(app) : goodbye(app);
  if (session && session.userId !== hint.userId) return question(app);
  const target = parameters.get("post_logout_redirect_uri");
  if (target && !hint.client.post_logout_redirect_uris.includes(target)) {
    throw new OAuthError(
      "invalid_request",
      "The post_logout_redirect_uri is not registered for this client, character by character",
      {
        section: "RP-Initiated Logout §3",
        parameter: "post_logout_redirect_uri",
        facts: { sent: target.slice(0, 500), registered: hint.client.post_logout_redirect_uris },
      },
    );
  }
  if (session) await revokeSession(app.id, session.id, "logout", { type: "user", id: session.userId });
  if (!target) {
    const page = goodbye(app);
    page.headers.append("Set-Cookie", signedOutCookie(app));
    return page;
  }
  const state = parameters.get("state");
  const separator = target.includes("?") ? "&" : "?";
  return redirect(state ? `${target}${separator}${new URLSearchParams({ state })}` : target, [signedOutCookie(app)]);
}

/** GET, or POST, which may come from another site without our cookies and is answered by a GET. */
export const logoutRoute: Handler = async (request, context) => {
  const caller = context.caller ?? contextOf(request.headers);
  return withRequestContext(caller, async () => {
    const { app: appId } = ((await context.params) ?? {}) as { app?: string };
    const url = new URL(request.url);
    let response: Response;
    try {
      const app = appId === undefined ? null : await getApp(appId);
      if (request.method === "POST") {
        const query = new URLSearchParams(await readForm(request)).toString();
        response =
          query.length > MAX_ADDRESS_LENGTH ? await answer(request, app, query) : redirect(`${url.pathname}?${query}`);
      } else response = await answer(request, app, url.search.slice(1));
    } catch (thrown) {
      const error = toOAuthError(thrown);
      logError(error, { method: request.method, path: url.pathname });
      const clientId = await clientNamed(url.search.slice(1));
      await recordOAuthRejection(error, url.pathname, appId ?? null, clientId);
      response = errorPage(error, caller.requestId, (await appOfPath(context)) ?? (await appOfClient(clientId)));
    }
    setHeader(response, "X-Request-Id", caller.requestId);
    return response;
  });
};

/** The answer to the question. */
export const logoutConfirmed: Handler = formRoute(async ({ app, request }) => {
  const session = await sessionOf(request, app);
  if (session) await revokeSession(app.id, session.id, "logout", { type: "user", id: session.userId });
  const page = goodbye(app);
  page.headers.append("Set-Cookie", signedOutCookie(app));
  return page;
});
