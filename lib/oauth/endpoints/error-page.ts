/**
 * The error page of the browser endpoints, for requests that must not be redirected to the client.
 */
import type { App } from "../../apps/apps";
import { htmlResponse } from "../../hosted/html/page";
import { html } from "../../hosted/html/template";
import type { OAuthError } from "../errors";

/** `target` is the host that the browser would have been sent to. */
export function errorPage(error: OAuthError, requestId: string, app: App | null, target?: string): Response {
  const body = html`<p>${error.description.replace(/\.$/, "")}.</p>
    ${target ? html`<p>The link would have sent you to <strong>${target}</strong>. If you don’t know this site, close the page.</p>` : null}
    <p><small>${error.code} · ${requestId}</small></p>`;
  return htmlResponse({
    status: error.status === 503 ? 503 : error.status === 429 ? 429 : 400,
    app,
    title: "This request can’t be completed",
    body,
    headers: error.oauth.headers,
  });
}
