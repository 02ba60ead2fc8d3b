/** What /metrics answers: everything counted (lib/metrics.ts), the process itself, and what it holds in this moment. */
import { collectDefaultMetrics, Gauge } from "prom-client";
import { pool } from "../database/client";
import { isWorker } from "../env";
import { metrics } from "../metrics";
import { processState } from "../process-state";
import { readAllMetrics } from "../server/workers-metrics";
import { hashingLoad } from "../users/password-hashing";

/** How often the delay of the event loop is looked at. */
const EVENT_LOOP_MS = 100;

/** Adds to the registry, once, what is only read when somebody asks. */
export function startMetrics(): void {
  processState("metrics-started", () => {
    const { registry } = metrics();
    const registers = [registry];
    collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: EVENT_LOOP_MS });
    new Gauge({
      name: "foyer_database_connections",
      help: "Connections of the pool, by what they do.",
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
      help: "Requests that wait for a connection of the pool.",
      registers,
      collect() {
        this.set(pool().waitingCount);
      },
    });
    new Gauge({
      name: "foyer_password_hashes",
      help: "Passwords in the hashing queue, by whether they are being hashed.",
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

/** In Prometheus' text format. Of several workers the sum, whichever was asked. @throws 503 when one of them does not answer */
export async function readMetrics(): Promise<string> {
  startMetrics();
  return isWorker() ? readAllMetrics() : metrics().registry.metrics();
}
