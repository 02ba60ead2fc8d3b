/** The node:http server: timeouts against slow clients (Slowloris), and a graceful shutdown. */
import { createServer, type Server } from "node:http";
import { env } from "../env";
import { StartError } from "../errors";
import { log } from "../log";
import { onClientError } from "./client-error";
import type { NodeHandler } from "./listener";

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
const KEEP_ALIVE_MS = 65_000; // longer than the 60 s of common load balancers
const STOP_DEADLINE_MS = 25_000;

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
      const fail = (error: unknown) => {
        log().error({ err: error }, "request failed outside its handler");
        if (!response.headersSent) response.writeHead(500);
        response.end();
      };
      try {
        handle(request, response)?.catch(fail);
      } catch (error) {
        fail(error);
      }
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
