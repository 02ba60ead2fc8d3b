/** Writes a handler's answer to node:http: one whose text is known in one go, any other as it streams. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { knownText } from "../http/text-response";

type Outgoing = Record<string, string | number | string[]>;

const REQUEST_ID = "X-Request-Id";

function recordOf(headers: Headers): Outgoing {
  const { "x-request-id": _, ...record }: Outgoing = Object.fromEntries(headers);
  const cookies = headers.getSetCookie();
  if (cookies.length > 0) record["set-cookie"] = cookies;
  return record;
}

function outgoing(headers: Headers | Record<string, string>, requestId: string): Outgoing {
  // All in one object, since node:http merges slowly what it was told one by one.
  const all: Outgoing = headers instanceof Headers ? recordOf(headers) : { ...headers };
  // Whoever answers.
  all[REQUEST_ID] = requestId;
  return all;
}

const DRAIN_MS = 500;

/** What is left of a body that nobody wanted: read on for a moment, so that the caller hears the answer, and then no more. */
function drain(incoming: IncomingMessage): void {
  const timer = setTimeout(() => incoming.socket.destroySoon(), DRAIN_MS);
  timer.unref();
  incoming.once("close", () => clearTimeout(timer));
  incoming.resume();
}

async function sendStream(answer: Response, response: ServerResponse, requestId: string): Promise<void> {
  response.writeHead(answer.status, outgoing(answer.headers, requestId));
  if (!answer.body) return void response.end();
  const body = Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]);
  // Whoever hangs up in the middle of an answer is no failure of ours.
  await pipeline(body, response).catch((error) => {
    if (error.code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  });
}

export async function send(
  answer: Response,
  incoming: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<void> {
  if (!incoming.complete) response.once("finish", () => drain(incoming));
  const known = knownText(answer);
  if (!known) return sendStream(answer, response, requestId);
  const { status, content } = known;
  const headers = outgoing(known.headers, requestId);
  // RFC 9110 §8.6: none in a 204.
  if (status !== 204) headers["Content-Length"] = content === null ? 0 : Buffer.byteLength(content);
  response.writeHead(status, headers);
  response.end(content ?? undefined);
}
