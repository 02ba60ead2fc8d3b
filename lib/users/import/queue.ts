/**
 * Runs import batches one after the other in a process, to leave database connections for sign-ins.
 */
import { failUnavailable } from "../../errors";
import { processState } from "../../process-state";

const MAX_WAITING = 50;

/** @throws 503 if too many are waiting */
export async function runQueued<Result>(work: () => Promise<Result>): Promise<Result> {
  const queue = processState("import-turn", () => ({ waiting: 0, last: Promise.resolve() as Promise<unknown> }));
  if (queue.waiting >= MAX_WAITING)
    failUnavailable("Too many imports are in progress. Try again in a few seconds.", undefined, 5);
  queue.waiting++;
  const turn = queue.last.then(work).finally(() => queue.waiting--);
  queue.last = turn.catch(() => {});
  return turn;
}
