/**
 * A form that was sent without JavaScript from a page of another version. Next answers with a line
 * of plain text; the user gets a page that leads back to the form. With JavaScript, the page says
 * it itself (app/_ui/guarded-action.ts).
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { htmlResponse } from "../hosted/html/page";
import { html } from "../hosted/html/template";

/** Next sets this header when it doesn't know the Server Action of a request. */
const ACTION_NOT_FOUND = "x-nextjs-action-not-found";

function stalePage(path: string): Response {
  const body = html`<p>Foyer was updated after this page was loaded, so nothing was changed.</p>
    <p><a href="${path}">Reload the page</a> and try again.</p>`;
  return htmlResponse({ status: 409, app: null, title: "This page was out of date", body });
}

/** Replaces Next's answer if it turns out to be that one. `path` is the form's own page. */
export function explainStaleForm(request: IncomingMessage, response: ServerResponse, path: string): void {
  // A fetch of the page's script reads the header itself.
  if (request.method !== "POST" || request.headers["next-action"] !== undefined) return;
  const writeHead = response.writeHead.bind(response);
  const end = response.end.bind(response);
  let page: Response | null = null;

  // Next's compression calls this before `end`, which would be too late for the status.
  response.writeHead = ((...args: Parameters<typeof writeHead>) => {
    if (!response.hasHeader(ACTION_NOT_FOUND)) return writeHead(...args);
    page = stalePage(path);
    for (const name of ["Content-Length", "ETag"]) response.removeHeader(name);
    for (const [name, value] of page.headers) response.setHeader(name, value);
    return writeHead(page.status);
  }) as typeof writeHead;

  response.end = ((...args: Parameters<typeof end>) => {
    if (!response.headersSent && response.hasHeader(ACTION_NOT_FOUND)) response.writeHead(response.statusCode);
    if (!page) return end(...args);
    void page.text().then((text) => end(text));
    return response;
  }) as typeof end;
}
