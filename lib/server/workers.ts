/**
 * Worker processes (WEB_CONCURRENCY): the first process forks them, replaces a worker that dies,
 * and stops them.
 */
import cluster, { type Worker } from "node:cluster";
import { workerEnvironment } from "../env";
import { StartError } from "../errors";
import { log } from "../log";
import type { Stop } from "./process";
import { serveWorkerMetrics } from "./workers-metrics";

const RESTART_MS = 1000;

function once(worker: Worker, event: "listening" | "exit"): Promise<void> {
  return new Promise((resolve) => worker.once(event, () => resolve()));
}

/** Resolves once all workers listen, to a function that stops them. */
export async function superviseWorkers(count: number, exec: string): Promise<Stop> {
  let stopping = false;
  cluster.setupPrimary({ exec });
  const fork = () => cluster.fork(workerEnvironment());

  serveWorkerMetrics();
  const first = Array.from({ length: count }, fork);
  const started = Promise.all(first.map((worker) => once(worker, "listening")));
  const failed = Promise.race(first.map((worker) => once(worker, "exit"))).then(() => {
    throw new StartError("A worker could not start. Its error is above.");
  });
  await Promise.race([started, failed]);
  failed.catch(() => {});

  cluster.on("exit", (worker, code, signal) => {
    if (stopping) return;
    log().error({ worker: worker.process.pid, code, signal }, "worker died, starting a new one");
    setTimeout(() => !stopping && fork(), RESTART_MS);
  });
  return async (hurry) => {
    stopping = true;
    const alive = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
    const gone = alive.map((worker) => once(worker, "exit"));
    const stopAll = () => {
      for (const worker of alive) worker.process.kill("SIGTERM");
    };
    stopAll();
    hurry.addEventListener("abort", stopAll);
    await Promise.all(gone);
  };
}
