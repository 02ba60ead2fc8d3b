/**
 * Sends logout tokens in the background. Each process leases a few due notices at a time. A client
 * that doesn't respond holds only some of the requests, and so do all clients of one app.
 */
import { log } from "../../log";
import { processState } from "../../process-state";
import { deliverNotice } from "./deliver";
import { type DueNotice, leaseNotices } from "./notices";

const POLL_MS = 1000;
const BATCH = 10;
const MAX_REQUESTS = 60;
const MAX_REQUESTS_PER_CLIENT = 5;
const MAX_REQUESTS_PER_APP = 20;

const outbox = processState("logout-outbox", () => ({
  timer: null as NodeJS.Timeout | null,
  polling: null as Promise<void> | null,
  requests: new Set<Promise<void>>(),
  byClient: new Map<string, number>(),
  byApp: new Map<string, number>(),
}));

function count(requests: Map<string, number>, key: string, change: 1 | -1): void {
  const changed = (requests.get(key) ?? 0) + change;
  if (changed === 0) requests.delete(key);
  else requests.set(key, changed);
}

function countNotice({ appId, clientId }: DueNotice, change: 1 | -1): void {
  count(outbox.byClient, `${appId}/${clientId}`, change);
  count(outbox.byApp, appId, change);
}

function busy(requests: Map<string, number>, maximum: number): string[] {
  return [...requests].filter(([, open]) => open >= maximum).map(([key]) => key);
}

/** Starts the delivery of every due notice that there is room for. */
async function startDue(): Promise<void> {
  while (outbox.requests.size < MAX_REQUESTS) {
    const { due, seen } = await leaseNotices(BATCH, {
      clients: busy(outbox.byClient, MAX_REQUESTS_PER_CLIENT),
      apps: busy(outbox.byApp, MAX_REQUESTS_PER_APP),
    });
    for (const notice of due) {
      countNotice(notice, 1);
      const request = deliverNotice(notice).finally(() => {
        outbox.requests.delete(request);
        countNotice(notice, -1);
      });
      outbox.requests.add(request);
    }
    if (seen < BATCH) return;
  }
}

function poll(): void {
  outbox.polling ??= startDue()
    .catch((error) => log().warn({ err: error }, "the logout notices could not be read; they will be retried"))
    .finally(() => {
      outbox.polling = null;
    });
}

/** Sends all due notices and waits for the responses. */
export async function deliverDueLogouts(): Promise<void> {
  await startDue();
  while (outbox.requests.size > 0) {
    await Promise.all(outbox.requests);
    await startDue();
  }
}

export function startLogoutOutbox(): void {
  outbox.timer ??= setInterval(poll, POLL_MS).unref();
}

/** Stops polling and waits for the requests under way. */
export async function stopLogoutOutbox(): Promise<void> {
  if (outbox.timer) clearInterval(outbox.timer);
  outbox.timer = null;
  await outbox.polling;
  await Promise.all(outbox.requests);
}
