/** Password comparisons per second of these cores without other work: the baseline for sign-ins. */
import { availableParallelism } from "node:os";
import bcrypt from "bcrypt";

export interface Bare {
  perSecond: number;
  /** CPU time of one comparison. */
  cpuMs: number;
}

const PASSWORD = "correct horse battery";

process.once("message", async (message) => {
  const { cost, seconds } = message as { cost: number; seconds: number };
  const hash = await bcrypt.hash(PASSWORD, cost);
  const deadline = performance.now() + seconds * 1000;
  const started = performance.now();
  const cpu = process.cpuUsage();
  let compared = 0;
  const one = async () => {
    while (performance.now() < deadline) {
      await bcrypt.compare(PASSWORD, hash);
      compared++;
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, one));
  const { user, system } = process.cpuUsage(cpu);
  const result: Bare = {
    perSecond: compared / ((performance.now() - started) / 1000),
    cpuMs: (user + system) / 1000 / compared,
  };
  process.send?.(result, () => process.disconnect());
});
// The run was aborted.
process.once("disconnect", () => process.exit());
