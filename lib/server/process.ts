/** The life of the process: start, graceful shutdown on SIGTERM and SIGINT, and exit codes. */
import { nowMs } from "../clock";
import { StartError } from "../errors";
import { shutdown } from "../operations/boot";

const SHUTDOWN_LIMIT_MS = 40_000;

/**
 * npm forwards a Ctrl-C that the terminal already sent to the whole process group, so two signals
 * at once are one.
 */
const SECOND_SIGNAL_AFTER_MS = 1000;

export type Stop = () => Promise<void>;

/**
 * Runs `main`, which resolves to a function that stops it. A StartError is one sentence on stderr
 * and exit code 1. SIGINT and SIGTERM shut down gracefully, the database last, and exit with 0,
 * even during the start. A second signal exits at once.
 */
export async function runProcess(main: () => Promise<Stop>, ready: () => void): Promise<void> {
  let signalledAt = 0;
  const started = main();
  const onSignal = async () => {
    if (signalledAt > 0) {
      if (nowMs() - signalledAt > SECOND_SIGNAL_AFTER_MS) process.exit(1);
      return;
    }
    signalledAt = nowMs();
    setTimeout(() => process.exit(1), SHUTDOWN_LIMIT_MS).unref();
    const stop = await started.catch(() => null);
    await stop?.();
    await shutdown();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void onSignal());

  try {
    await started;
    if (signalledAt > 0) return;
    ready();
  } catch (error) {
    const message = error instanceof StartError ? error.message : (error as Error).stack;
    process.stderr.write(`Foyer cannot start. ${message}\n`);
    await shutdown().catch(() => {});
    process.exit(1);
  }
}
