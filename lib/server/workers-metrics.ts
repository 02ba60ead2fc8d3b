/**
 * One scrape shows all workers: the one that was asked asks the first process, which collects from every worker and adds up. Without this a
 * counter would go up and down with whoever happens to answer.
 */
import cluster, { type Worker } from "node:cluster";
import { randomUUID } from "node:crypto";
import { AggregatorRegistry } from "prom-client";
import { failUnavailable } from "../errors";
import { metrics } from "../metrics";
import { processState } from "../process-state";

interface Question {
  type: "foyer:metrics";
  id: string;
}

interface Reply extends Question {
  /** null: not all of them answered. */
  text: string | null;
}

function isOurs(message: unknown): message is Question {
  return (message as Question | null)?.type === "foyer:metrics";
}

/** In the first process: answers its workers. */
export function answerWorkers(): void {
  const all = new AggregatorRegistry();
  cluster.on("message", async (worker: Worker, message: unknown) => {
    if (!isOurs(message)) return;
    const text = await all.clusterMetrics().catch(() => null);
    if (worker.isConnected()) worker.send({ ...message, text } satisfies Reply);
  });
}

/** In a worker: lets the first process collect from it, and takes its answers. */
const waiting = () =>
  processState("metrics-of-workers", () => {
    const questions = new Map<string, (text: string | null) => void>();
    AggregatorRegistry.setRegistries(metrics().registry);
    new AggregatorRegistry(); // listens
    process.on("message", (message) => {
      if (isOurs(message)) questions.get(message.id)?.((message as Reply).text);
    });
    return questions;
  });

/** From now on this worker is part of the sum. */
export function joinMetrics(): void {
  waiting();
}

/** @throws 503 when a worker does not answer within the five seconds that prom-client gives it */
export async function askForAllWorkers(): Promise<string> {
  const id = randomUUID();
  const text = await new Promise<string | null>((resolve) => {
    waiting().set(id, resolve);
    process.send?.({ type: "foyer:metrics", id } satisfies Question);
  });
  waiting().delete(id);
  return text ?? failUnavailable("Not every worker answers. Ask again in a moment.");
}
