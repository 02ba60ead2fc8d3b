/**
 * Replaces Next's response to a page request by a page of Foyer. Next decides late what it answers,
 * so the question is put when it writes the first byte.
 */
import { type IncomingMessage, ServerResponse } from "node:http";
import { knownText } from "../http/text-response";

/** The page that replaces a response with this status and these headers, or null. */
export type Replacement = (answer: { status: number; hasHeader: (name: string) => boolean }) => Response | null;

/** Sends the page past whatever Next added to the response, such as compression. */
function sendPage(page: Response, request: IncomingMessage, response: ServerResponse, requestId: string): void {
  const { text = "", headers = {} } = knownText(page) ?? {};
  const all = { ...Object.fromEntries(new Headers(headers)), "X-Request-Id": requestId };
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  const { writeHead, end } = ServerResponse.prototype;
  writeHead.call(response, page.status, all);
  end.call(response, request.method === "HEAD" ? "" : text, "utf8");
}

/** Call it before Next. `replacement` returns a page that `htmlResponse` made. */
export function replaceAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  replacement: Replacement,
): void {
  const { writeHead, write, end, flushHeaders } = response;
  let replaced = false;
  const replaces = (): boolean => {
    if (replaced || response.headersSent) return replaced;
    const page = replacement({ status: response.statusCode, hasHeader: (name) => response.hasHeader(name) });
    if (!page) return false;
    replaced = true;
    sendPage(page, request, response, requestId);
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
