/** Writes an answer whose text is known, in one go. */
import type { ServerResponse } from "node:http";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { knownText } from "../http/text-response";

type Outgoing = Record<string, string | number | string[]>;

function outgoing(headers: Headers | Record<string, string>): Outgoing {
  if (!(headers instanceof Headers)) return { ...headers };
  const all: Outgoing = Object.fromEntries(headers);
  const cookies = headers.getSetCookie();
  if (cookies.length > 0) all["set-cookie"] = cookies;
  return all;
}

/** → what is left to do for the adapter: nothing, or the response as it is. */
export function send(answer: Response, response: ServerResponse): Response {
  const known = knownText(answer);
  if (!known) return answer;
  const { status, content } = known;
  const headers = outgoing(known.headers);
  // RFC 9110 §8.6: none in a 204.
  if (status !== 204) headers["Content-Length"] = content === null ? 0 : Buffer.byteLength(content);
  response.writeHead(status, headers);
  response.end(content ?? undefined);
  return RESPONSE_ALREADY_SENT;
}
