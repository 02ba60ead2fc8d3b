/**
 * Minimum duration of an operation, so that its response time doesn't reveal whether an account
 * exists.
 */
import { setTimeout as wait } from "node:timers/promises";

/** Longer than the operations take on a machine that isn't overloaded. */
const MINIMUM_MS = 150;

export async function withMinimumDuration<T>(work: () => Promise<T>): Promise<T> {
  const [result] = await Promise.all([work(), wait(MINIMUM_MS)]);
  return result;
}
