/**
 * Metrics of all workers in one scrape. The worker that receives the scrape asks the first process,
 * which adds up the metrics of every worker. Otherwise a counter would jump with each worker that
 * happens to respond.
 */
import cluster, { type Worker } from "node:cluster";
import { randomUUID } from "node:crypto";
import { AggregatorRegistry } from "prom-client";
import { failUnavailable } from "../errors";
import { metrics } from "../metrics";
import { processState } from "../process-state";

interface MetricsRequest {
  type: "foyer:metrics";
  id: string;
}

interface MetricsReply extends MetricsRequest {
  /** null if a worker did not respond. */
  text: string | null;
}

function isOurs(message: unknown): message is MetricsRequest {
  return (message as MetricsRequest | null)?.type === "foyer:metrics";
}

/** In the first process: responds to its workers. */
export function serveWorkerMetrics(): void {
  const all = new AggregatorRegistry();
  cluster.on("message", async (worker: Worker, message: unknown) => {
    if (!isOurs(message)) return;
    const text = await all.clusterMetrics().catch(() => null);
    if (worker.isConnected()) worker.send({ ...message, text } satisfies MetricsReply);
  });
}

/**
 * In a worker: the pending requests by ID. The first call lets the first process collect from this
 * worker.
 */
const pendingRequests = () =>
  processState("metrics-of-workers", () => {
    const pending = new Map<string, (text: string | null) => void>();
    AggregatorRegistry.setRegistries(metrics().registry);
    new AggregatorRegistry(); // listens
    process.on("message", (message) => {
      if (isOurs(message)) pending.get(message.id)?.((message as MetricsReply).text);
    });
    return pending;
  });

/** From now on, the totals include this worker. */
export function joinMetrics(): void {
  pendingRequests();
}

/** @throws 503 if a worker does not respond within the five seconds of prom-client */
export async function readAllMetrics(): Promise<string> {
  const id = randomUUID();
  const text = await new Promise<string | null>((resolve) => {
    pendingRequests().set(id, resolve);
    process.send?.({ type: "foyer:metrics", id } satisfies MetricsRequest);
  });
  pendingRequests().delete(id);
  return text ?? failUnavailable("A worker does not respond. Try again in a few seconds.");
}
