/** The node:http server: timeouts against slow clients (Slowloris), and a graceful shutdown. */
import { createServer, type Server, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { env } from "../env";
import { AppError, StartError } from "../errors";
import { newRequestId } from "../http/caller";
import { log } from "../log";
import type { NodeHandler } from "./listener";

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
const KEEP_ALIVE_MS = 65_000; // longer than the 60 s of common load balancers
const STOP_DEADLINE_MS = 25_000;

const MALFORMED = new AppError(400, "invalid_request", "The request is not valid HTTP/1.1.");
const CLIENT_ERRORS: Record<string, AppError> = {
  ERR_HTTP_REQUEST_TIMEOUT: new AppError(408, "request_timeout", "The request took too long to arrive. Send it again."),
  HPE_HEADER_OVERFLOW: new AppError(
    431,
    "headers_too_large",
    "The headers are larger than 16 KiB. Send smaller headers.",
  ),
};

/** Responds to bytes that are not a valid request, which no handler ever sees. */
function onClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const { status, code, description } = CLIENT_ERRORS[error.code ?? ""] ?? MALFORMED;
  const requestId = newRequestId();
  const body = JSON.stringify({ error: code, error_description: description, request_id: requestId });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${body.length}`,
    "Cache-Control: no-store",
    `X-Request-Id: ${requestId}`,
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}

export function createHttpServer(handle: NodeHandler): Server {
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: 2000,
      // As in fetch. Otherwise Node would silently drop the second of two headers.
      joinDuplicateHeaders: true,
    },
    (request, response) => {
      handle(request, response).catch((error) => {
        log().error({ err: error }, "request failed outside its handler");
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    },
  );
  server.on("clientError", onClientError);
  return server;
}

/** @throws StartError if the port is in use or not permitted */
export function listen(server: Server): Promise<void> {
  const { PORT, HOST } = env();
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason = { EADDRINUSE: "is in use by another program", EACCES: "requires more privileges" }[
        error.code ?? ""
      ];
      reject(
        new StartError(`Port ${PORT} ${reason ?? `cannot be used (${error.message})`}. Set PORT to another port.`),
      );
    });
    server.listen({ port: PORT, host: HOST }, resolve);
  });
}

/** Accepts no new requests, and waits up to 25 s for those in flight, unless `hurry` is aborted. */
export async function stopHttpServer(server: Server, hurry?: AbortSignal): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const closeAll = () => server.closeAllConnections();
  const deadline = setTimeout(closeAll, STOP_DEADLINE_MS);
  hurry?.addEventListener("abort", closeAll);
  if (hurry?.aborted) closeAll();
  await closed;
  clearInterval(idle);
  clearTimeout(deadline);
}
