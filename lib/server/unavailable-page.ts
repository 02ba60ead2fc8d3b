/**
 * The page for a browser while the database is unavailable: 503, and it reloads by itself. Next can
 * only answer 500, so its response is replaced.
 */
import { type IncomingMessage, ServerResponse } from "node:http";
import { htmlResponse } from "../hosted/html/page";
import { html } from "../hosted/html/template";
import { knownText } from "../http/text-response";
import type { RequestContext } from "../request-context";

const RELOAD_SECONDS = 5;

function unavailablePage() {
  const body = html`<p>Foyer can’t reach its database at the moment. This page reloads by itself.</p>`;
  const headers = { "Retry-After": String(RELOAD_SECONDS) };
  return htmlResponse({ status: 503, app: null, title: "Temporarily unavailable", body, headers });
}

/** Sends the page past whatever Next added to the response, such as compression. */
function sendUnavailablePage(request: IncomingMessage, response: ServerResponse, requestId: string): void {
  const { text = "", headers = {} } = knownText(unavailablePage()) ?? {};
  const all: Record<string, string> = { ...Object.fromEntries(new Headers(headers)), "X-Request-Id": requestId };
  // Without JavaScript too. Not after a POST, which a reload would repeat.
  if (request.method === "GET") all.Refresh = String(RELOAD_SECONDS);
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  const { writeHead, end } = ServerResponse.prototype;
  writeHead.call(response, 503, all);
  end.call(response, request.method === "HEAD" ? "" : text, "utf8");
}

/** Replaces a 500 if the page failed because the database is unavailable. Call it before Next. */
export function replaceUnavailable(request: IncomingMessage, response: ServerResponse, caller: RequestContext): void {
  const { writeHead, write, end, flushHeaders } = response;
  let replaced = false;
  const replaces = (): boolean => {
    if (replaced || response.headersSent || response.statusCode !== 500 || !caller.isUnavailable) return replaced;
    replaced = true;
    sendUnavailablePage(request, response, caller.requestId);
    return true;
  };
  type Call = (...given: unknown[]) => unknown;
  const guard = (original: Call, instead: unknown): Call =>
    function (this: ServerResponse, ...given) {
      return replaces() ? instead : original.apply(this, given);
    };
  response.write = guard(write as Call, true) as typeof write;
  response.end = guard(end as Call, response) as typeof end;
  response.flushHeaders = guard(flushHeaders as Call, undefined) as typeof flushHeaders;
  response.writeHead = function (this: ServerResponse, ...given: unknown[]) {
    response.statusCode = given[0] as number;
    return guard(writeHead as Call, response).apply(this, given);
  } as typeof writeHead;
}
