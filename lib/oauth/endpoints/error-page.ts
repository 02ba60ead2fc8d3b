/**
 * The error page of the browser endpoints, for requests that must not be redirected to the client.
 */
import type { App } from "../../apps/apps";
import { htmlResponse } from "../../hosted/html/page";
import { html } from "../../hosted/html/template";
import type { OAuthError } from "../errors";

export function errorPage(error: OAuthError, requestId: string, app: App | null): Response {
  const body = html`<p>${error.description.replace(/\.$/, "")}.</p>
    <p><small>${error.code} · ${requestId}</small></p>`;
  return htmlResponse({
    status: error.status === 503 ? 503 : error.status === 429 ? 429 : 400,
    app,
    title: "This request can’t be completed",
    body,
    headers: error.oauth.headers,
  });
}
