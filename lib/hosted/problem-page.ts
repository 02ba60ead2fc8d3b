/** A handler that people's browsers come to: what goes wrong is a page for them, and stays JSON for programs. */

import type { Handler } from "../http/handler";
import { htmlResponse } from "./html/page";
import { html } from "./html/template";
import { appOfPath } from "./shown-app";

export function pageForBrowsers(handler: Handler, isProgram: (request: Request) => boolean): Handler {
  const forBrowsers: Handler = async (request, context) => {
    const response = await handler(request, context);
    if (response.status < 400 || isProgram(request)) return response;
    const { error, error_description: description, request_id: requestId } = await response.json();
    const body = html`<p>${description}</p><p><small>${error} · ${requestId}</small></p>`;
    const retry = response.headers.get("retry-after");
    const headers = { "X-Request-Id": requestId, ...(retry && { "Retry-After": retry }) };
    const app = await appOfPath(context);
    return htmlResponse({ status: response.status, app, title: "This sign-in cannot be continued", body, headers });
  };
  forBrowsers.contract = handler.contract;
  return forBrowsers;
}
