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
  /** Replaces the error's description. */
  description?: string;
  requestId: string;
  status?: number;
  /** The page reloads by itself after Retry-After. Only for a GET, which may be repeated. */
  reloads?: boolean;
  /** Where the user can go instead. */
  link?: { label: string; href: string };
}

export function problemPage(error: AppError, problem: Problem): Response {
  const { app, title, description = error.description, requestId, link, status, reloads } = problem;
  const body = html`<p>${description}</p>
    ${link && html`<div class="actions"><a class="button" href="${link.href}">${link.label}</a></div>`}
    <p><small>${error.code} · ${requestId}</small></p>`;
  const retryAfter = error.options.headers?.["Retry-After"];
  const headers = retryAfter ? { "Retry-After": retryAfter, ...(reloads && { Refresh: retryAfter }) } : undefined;
  return htmlResponse({ status: status ?? error.status, app, title, body, headers });
}

/**
 * A wrong parameter is a mistake in the app's link, which the user can't fix. The owner finds the
 * details in the audit trail.
 */
function describeToUser({ description, options }: AppError, app: App | null): string {
  return options.fields ? `This link isn’t set up correctly. Contact ${app?.name ?? "the app"}.` : description;
}

/** Renders a route's errors: a page for browsers, JSON for programs. */
export function pageForBrowsers(isProgram: (request: HttpRequest) => boolean) {
  return async (error: AppError, { request, params, caller: { requestId } }: HandlerInput): Promise<Response> => {
    if (isProgram(request)) return errorResponse(error, requestId);
    const app = await appOfPath(params);
    const description = describeToUser(error, app);
    const reloads = error.status === 503 && request.method === "GET";
    return problemPage(error, { app, title: "This sign-in can’t continue", description, requestId, reloads });
  };
}
