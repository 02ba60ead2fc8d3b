/** An answer that must not tell, by how long it took, what it found. */
import { setTimeout as wait } from "node:timers/promises";

/** Longer than the work behind it takes on a machine that is not overloaded. */
const MINIMUM_MS = 150;

/** Does the work, and answers no sooner than others would: the same for who is known and who is not. */
export async function withMinimumDuration<T>(work: () => Promise<T>): Promise<T> {
  const [result] = await Promise.all([work(), wait(MINIMUM_MS)]);
  return result;
}
