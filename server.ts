/**
 * The server process: boots, serves the route handlers directly and pages through Next, and shuts
 * down gracefully. With WEB_CONCURRENCY > 1 the first process only boots and supervises the
 * workers, which share nothing but PostgreSQL.
 */
import routes from "foyer:routes";
import { EventEmitter } from "node:events";
import type { Server } from "node:http";
import { fileURLToPath } from "node:url";
import next from "next";
import { env, isWorker } from "./lib/env";
import { createRouter } from "./lib/http/router";
import { boot } from "./lib/operations/boot";
import { logConsole } from "./lib/server/console";
import { createHttpServer, listen, stopHttpServer } from "./lib/server/http-server";
import { createListener, type NodeHandler } from "./lib/server/listener";
import { runProcess, type Stop } from "./lib/server/process";
import { superviseWorkers } from "./lib/server/workers";
import { joinMetrics } from "./lib/server/workers-metrics";

function say(line: string): void {
  if (!isWorker()) process.stdout.write(`${line}\n`);
}

async function serve(): Promise<Stop> {
  if (isWorker()) joinMetrics();
  const { PORT, production, PUBLIC_URL } = env();
  const { hostname } = new URL(PUBLIC_URL);
  // Next listens for upgrades on this server; a listener on the real one would make Node close
  // connections that offer one.
  const httpServer = new EventEmitter() as Server;
  const app = next({ dev: !production, dir: process.cwd(), hostname, port: PORT, httpServer });
  const pages = app.getRequestHandler();
  const toNext: NodeHandler = (request, response) => pages(request, response);
  // In development, Next also serves the route handlers, so that they reload.
  const server = createHttpServer(production ? createListener(createRouter(routes), toNext) : toNext);
  await app.prepare();
  if (production) logConsole();
  if (!production) server.on("upgrade", app.getUpgradeHandler());
  await listen(server);
  return async (hurry) => {
    await stopHttpServer(server, hurry);
    await app.close();
  };
}

async function main(): Promise<Stop> {
  const { WEB_CONCURRENCY, production } = env();
  await boot("server", say);
  if (WEB_CONCURRENCY > 1 && production && !isWorker())
    return superviseWorkers(WEB_CONCURRENCY, fileURLToPath(import.meta.url));
  return serve();
}

runProcess(main, () => say(`Foyer is ready at ${env().PUBLIC_URL}`));
