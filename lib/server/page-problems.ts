/** Problems of page requests that Next answers with a bare 404 or 500, and the pages that explain them. */
import type { IncomingMessage } from "node:http";
import { htmlResponse } from "../hosted/html/page";
import { html } from "../hosted/html/template";
import type { RequestContext } from "../request-context";
import type { Replacement } from "./replace-answer";

const RELOAD_SECONDS = 5;

/** The page reloads by itself, without JavaScript too. Not after a POST, which a reload would repeat. */
function unavailablePage(method: string | undefined): Response {
  const body = html`<p>Foyer can’t reach its database at the moment. This page reloads by itself.</p>`;
  const refresh: Record<string, string> = method === "GET" ? { Refresh: String(RELOAD_SECONDS) } : {};
  const headers = { "Retry-After": String(RELOAD_SECONDS), ...refresh };
  return htmlResponse({ status: 503, app: null, title: "Temporarily unavailable", body, headers });
}

/** Next sets this header when it doesn't know the Server Action of a request. */
const ACTION_NOT_FOUND = "x-nextjs-action-not-found";

/** With JavaScript, the page says it itself (app/_ui/guarded-action.ts). */
function stalePage(path: string): Response {
  const body = html`<p>Foyer was updated after this page was loaded, so nothing was changed.</p>
    <p><a href="${path}">Reload the page</a> and try again.</p>`;
  return htmlResponse({ status: 409, app: null, title: "This page was out of date", body });
}

function malformedPage(path: string): Response {
  const body = html`<p>The form’s data is malformed, so nothing was changed.</p>
    <p><a href="${path}">Reload the page</a> and try again.</p>`;
  return htmlResponse({ status: 400, app: null, title: "This form could not be read", body });
}

/** `path` is the page's own, to which a form is sent. */
export function explainPageProblem(request: IncomingMessage, caller: RequestContext, path: string): Replacement {
  const { method, headers } = request;
  const post = method === "POST";
  // A fetch of the page's script reads the header itself.
  const isScript = headers["next-action"] !== undefined;
  const isForm =
    isScript || /^(multipart\/form-data|application\/x-www-form-urlencoded)/i.test(headers["content-type"] ?? "");
  return ({ status, hasHeader }) => {
    if (status === 500 && caller.isUnavailable) return unavailablePage(method);
    if (post && !isScript && hasHeader(ACTION_NOT_FOUND)) return stalePage(path);
    // An action reports its own errors (app/_server/action.ts). If it never ran, Next couldn't decode its arguments.
    if (post && isForm && status === 500 && !caller.ranAction) return malformedPage(path);
    return null;
  };
}
