/**
 * Background tasks that a server runs once a minute. Several processes may run them at the same
 * time.
 */
import { removeDeletedApps } from "../apps/delete";
import { retireSigningKeys } from "../apps/key-rotation";
import { publishNextKeys } from "../apps/next-keys";
import { countEvents } from "../audit/event-counts";
import { flushUsage } from "../audit/usage";
import { flushUses } from "../database/last-used";
import { log } from "../log";
import { recheckPublishers } from "../oauth/publisher/recheck";
import { processState } from "../process-state";
import { fillSearch } from "../users/search-backfill";
import { removeExpired } from "./cleanup";

const TICK_MS = 60_000;

const TASKS: Record<string, () => Promise<unknown>> = {
  flushUses,
  flushUsage,
  countEvents,
  fillSearch,
  removeExpired,
  removeDeletedApps,
  publishNextKeys,
  retireSigningKeys,
  recheckPublishers,
};

const ticking = processState("ticks", () => ({ timer: null as NodeJS.Timeout | null, running: Promise.resolve() }));

async function tick(): Promise<void> {
  for (const [task, run] of Object.entries(TASKS)) {
    await run().catch((error) => log().warn({ err: error, task }, "background task failed; the next tick tries again"));
  }
}

export function startTicks(): void {
  ticking.timer ??= setInterval(() => {
    ticking.running = ticking.running.then(tick);
  }, TICK_MS).unref();
}

/** Waits for a running tick, and writes the collected counts. */
export async function stopTicks(): Promise<void> {
  if (!ticking.timer) return;
  clearInterval(ticking.timer);
  ticking.timer = null;
  await ticking.running;
  await Promise.allSettled([flushUses(), flushUsage()]);
}
