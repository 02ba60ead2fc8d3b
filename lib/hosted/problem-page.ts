/**
 * Error pages for requests that a browser sent: what went wrong, an optional link, and the
 * request's ID.
 */

import type { App } from "../apps/apps";
import type { AppError } from "../errors";
import type { HandlerInput } from "../http/handler";
import type { HttpRequest } from "../http/request";
import { errorResponse } from "../http/respond";
import { appOfPath } from "./app-of-request";
import { htmlResponse } from "./html/page";
import { html } from "./html/template";

interface Problem {
  app: App | null;
  title: string;
  requestId: string;
  status?: number;
  /** Where the user can go instead. */
  link?: { label: string; href: string };
}

export function problemPage(error: AppError, { app, title, requestId, link, status }: Problem): Response {
  const body = html`<p>${error.description}</p>
    ${link && html`<div class="actions"><a class="button" href="${link.href}">${link.label}</a></div>`}
    <p><small>${error.code} · ${requestId}</small></p>`;
  const retryAfter = error.options.headers?.["Retry-After"];
  const headers = retryAfter ? { "Retry-After": retryAfter } : undefined;
  return htmlResponse({ status: status ?? error.status, app, title, body, headers });
}

/** Renders a route's errors: a page for browsers, JSON for programs. */
export function pageForBrowsers(isProgram: (request: HttpRequest) => boolean) {
  return async (error: AppError, { request, params, caller: { requestId } }: HandlerInput): Promise<Response> => {
    if (isProgram(request)) return errorResponse(error, requestId);
    return problemPage(error, { app: await appOfPath(params), title: "This sign-in can’t continue", requestId });
  };
}
