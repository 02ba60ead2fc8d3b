/** node:http with time-outs against slow clients, and a stop that lets what is in flight finish. */
import { createServer, type Server } from "node:http";
import type { Duplex } from "node:stream";
import { env } from "../env";
import { StartError } from "../errors";
import { log } from "../log";
import type { NodeHandler } from "./listener";

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
const KEEP_ALIVE_MS = 65_000; // longer than the 60 s that load balancers keep theirs
const STOP_DEADLINE_MS = 25_000;

const CLIENT_ERRORS: Record<string, string> = {
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
};

function onClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  socket.end(
    `HTTP/1.1 ${CLIENT_ERRORS[error.code ?? ""] ?? "400 Bad Request"}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}

export function createHttpServer(handle: NodeHandler): Server {
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: 2000,
    },
    (request, response) => {
      handle(request, response).catch((error) => {
        log().error({ err: error }, "request failed outside of its handler");
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    },
  );
  server.on("clientError", onClientError);
  return server;
}

/** @throws StartError when the port is taken or not allowed */
export function listen(server: Server): Promise<void> {
  const { PORT, HOST } = env();
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const why = { EADDRINUSE: "is taken by another program", EACCES: "needs more rights than this user has" }[
        error.code ?? ""
      ];
      reject(new StartError(`Port ${PORT} ${why ?? `cannot be used (${error.message})`}. Set PORT to another one.`));
    });
    server.listen({ port: PORT, host: HOST }, resolve);
  });
}

/** Accepts nothing new, finishes what is in flight, gives up on it after 25 s. */
export async function stopHttpServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const deadline = setTimeout(() => server.closeAllConnections(), STOP_DEADLINE_MS);
  await closed;
  clearInterval(idle);
  clearTimeout(deadline);
}
