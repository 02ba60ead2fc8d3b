/**
 * The response of /metrics: counters (lib/metrics.ts), Node.js metrics, and gauges of the pool, the
 * configuration listener and the hashing queue.
 */
import { collectDefaultMetrics, Gauge } from "prom-client";
import { isCacheTrusted } from "../database/cache";
import { pool } from "../database/client";
import { isWorker } from "../env";
import { metrics } from "../metrics";
import { processState } from "../process-state";
import { readAllMetrics } from "../server/workers-metrics";
import { hashingLoad } from "../users/password-hashing";

/** The sampling interval of the event loop delay. */
const EVENT_LOOP_MS = 100;

/** Adds the gauges that are read when Prometheus scrapes. Does so once per process. */
export function startMetrics(): void {
  processState("metrics-started", () => {
    const { registry } = metrics();
    const registers = [registry];
    collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: EVENT_LOOP_MS });
    new Gauge({
      name: "foyer_database_connections",
      help: "Database connections of the pool, by state.",
      labelNames: ["state"] as const,
      registers,
      collect() {
        const { totalCount, idleCount } = pool();
        this.set({ state: "idle" }, idleCount);
        this.set({ state: "busy" }, totalCount - idleCount);
      },
    });
    new Gauge({
      name: "foyer_database_waiting",
      help: "Requests that wait for a database connection.",
      registers,
      collect() {
        this.set(pool().waitingCount);
      },
    });
    new Gauge({
      name: "foyer_config_listeners",
      help: "Processes by whether they receive changes of the configuration. If not, a revocation takes up to 5 s.",
      labelNames: ["state"] as const,
      registers,
      collect() {
        this.set({ state: "receiving" }, isCacheTrusted() ? 1 : 0);
        this.set({ state: "silent" }, isCacheTrusted() ? 0 : 1);
      },
    });
    new Gauge({
      name: "foyer_password_hashes",
      help: "Passwords in the hashing queue, by state.",
      labelNames: ["state"] as const,
      registers,
      collect() {
        const { running, waiting } = hashingLoad();
        this.set({ state: "running" }, running);
        this.set({ state: "waiting" }, waiting);
      },
    });
    return true;
  });
}

/** In Prometheus' text format, summed over all workers. @throws 503 if a worker doesn't respond */
export async function readMetrics(): Promise<string> {
  startMetrics();
  return isWorker() ? readAllMetrics() : metrics().registry.metrics();
}
