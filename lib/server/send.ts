/** Sends a Response through node:http: a text response in one write, any other as a stream. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { encodingOf, isKnownToCaller, type PreparedDocument } from "../http/prepared-document";
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
  // One object, since node:http is slow at merging headers that are set one by one.
  const all: Outgoing = headers instanceof Headers ? recordOf(headers) : { ...headers };
  all[REQUEST_ID] = requestId;
  return all;
}

const DRAIN_MS = 500;

/**
 * Reads the rest of an unread body for a moment, so that the client receives the response, then
 * closes the connection.
 */
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
  // A client that closes the connection during the response is not an error.
  await pipeline(body, response).catch((error) => {
    if (error.code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  });
}

export function send(
  answer: Response,
  incoming: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<void> | void {
  if (!incoming.complete) response.once("finish", () => drain(incoming));
  const known = knownText(answer);
  if (!known) return sendStream(answer, response, requestId);
  const { status, text } = known;
  const headers = outgoing(known.headers, requestId);
  // RFC 9110 §8.6: a 204 has no Content-Length, and that of a 304 would be the document's.
  const length = text === null ? 0 : Buffer.byteLength(text);
  if (status !== 204 && status !== 304) headers["Content-Length"] = length;
  response.writeHead(status, headers);
  if (text === null) response.end();
  else response.end(text, encodingOf(text, length));
}

/** A GET that no handler has to answer. */
export function sendPrepared(
  document: PreparedDocument,
  incoming: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): void {
  const ifNoneMatch = incoming.headers["if-none-match"];
  if (isKnownToCaller(document, ifNoneMatch)) {
    response.writeHead(304, { ...document.headers, [REQUEST_ID]: requestId }).end();
  } else {
    const { text, encoding, rawHeaders } = document;
    response.writeHead(200, [...rawHeaders, REQUEST_ID, requestId]).end(text, encoding);
  }
}
