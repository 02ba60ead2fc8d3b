/** How many passwords a second these cores compare when they do nothing else: what a login is held against. */
import { availableParallelism } from "node:os";
import bcrypt from "bcrypt";

export interface Bare {
  perSecond: number;
  /** Processor time of one comparison. */
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
// The run was broken off.
process.once("disconnect", () => process.exit());
