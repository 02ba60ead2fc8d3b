/** How the process starts, stops and fails. */

import { nowMs } from "../clock";
import { StartError } from "../errors";
import { shutdown } from "../operations/boot";

const GIVE_UP_MS = 40_000;

/** npm passes on a Ctrl-C that the terminal has already sent to everybody, so two signals at once are one. */
const INSISTS_AFTER_MS = 1000;

export type Stop = () => Promise<void>;

/**
 * Runs `main`, which resolves to what stops it again. A StartError becomes one sentence on stderr and exit code 1; Ctrl-C and SIGTERM stop
 * gracefully, the database last, and exit 0, also in the middle of the start. Whoever insists with a second one ends it at once.
 */
export async function runProcess(main: () => Promise<Stop>, ready: () => void): Promise<void> {
  let signalledAt = 0;
  const started = main();
  const end = async () => {
    if (signalledAt > 0) {
      if (nowMs() - signalledAt > INSISTS_AFTER_MS) process.exit(1);
      return;
    }
    signalledAt = nowMs();
    setTimeout(() => process.exit(1), GIVE_UP_MS).unref();
    const stop = await started.catch(() => null);
    await stop?.();
    await shutdown();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void end());

  try {
    await started;
    if (signalledAt > 0) return;
    ready();
  } catch (error) {
    const sentence = error instanceof StartError ? error.message : (error as Error).stack;
    process.stderr.write(`Foyer cannot start. ${sentence}\n`);
    await shutdown().catch(() => {});
    process.exit(1);
  }
}
