/** The life of the process: start, graceful shutdown on SIGTERM and SIGINT, and exit codes. */
import { nowMs } from "../clock";
import { StartError } from "../errors";
import { cancelStart, shutdown } from "../operations/boot";

/** When a shutdown stops waiting for requests and tasks, and when it gives up the database too. */
const HURRY_AFTER_MS = 40_000;
const EXIT_AFTER_MS = 60_000;

/**
 * npm forwards a Ctrl-C that the terminal already sent to the whole process group, so two signals
 * at once are one.
 */
const SECOND_SIGNAL_AFTER_MS = 1000;

/** Stops what `main` started. Once `hurry` is aborted, it waits for nothing. */
export type Stop = (hurry: AbortSignal) => Promise<void>;

/**
 * Runs `main`, which resolves to a function that stops it. A StartError is one sentence on stderr
 * and exit code 1. SIGINT and SIGTERM shut down gracefully, the database last, and exit with 0,
 * even during the start. A later signal drops the requests in flight and exits with 1, but the
 * embedded database still stops first.
 */
export async function runProcess(main: () => Promise<Stop>, ready: () => void): Promise<void> {
  let signalledAt = 0;
  const hurry = new AbortController();
  const started = main();
  const onSignal = async () => {
    if (signalledAt > 0) {
      if (nowMs() - signalledAt > SECOND_SIGNAL_AFTER_MS) hurry.abort();
      return;
    }
    signalledAt = nowMs();
    cancelStart();
    setTimeout(() => hurry.abort(), HURRY_AFTER_MS).unref();
    setTimeout(() => process.exit(1), EXIT_AFTER_MS).unref();
    const stop = await started.catch(() => null);
    await stop?.(hurry.signal);
    await shutdown(hurry.signal);
    process.exit(hurry.signal.aborted ? 1 : 0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void onSignal());

  try {
    await started;
    if (signalledAt > 0) return;
    ready();
  } catch (error) {
    // The signal has canceled the start.
    if (signalledAt > 0) return;
    const message = error instanceof StartError ? error.message : (error as Error).stack;
    process.stderr.write(`Foyer cannot start. ${message}\n`);
    await shutdown().catch(() => {});
    process.exit(1);
  }
}
