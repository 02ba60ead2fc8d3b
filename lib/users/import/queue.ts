/** One batch after the other in a process: an import must leave the pool's connections to those who sign in. */
import { failUnavailable } from "../../errors";
import { processState } from "../../process-state";

const MAX_WAITING = 50;

/** @throws 503 when too many are before it */
export async function runQueued<Result>(work: () => Promise<Result>): Promise<Result> {
  const queue = processState("import-turn", () => ({ waiting: 0, last: Promise.resolve() as Promise<unknown> }));
  if (queue.waiting >= MAX_WAITING)
    failUnavailable("Too many imports run at the same time. Go on in a few seconds.", undefined, 5);
  queue.waiting++;
  const turn = queue.last.then(work).finally(() => queue.waiting--);
  queue.last = turn.catch(() => {});
  return turn;
}
