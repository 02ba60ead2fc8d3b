/** One line of the table: drives the load generator and reads what the processes used meanwhile. */
import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Bare } from "./bare-bcrypt";
import type { Job, Measured } from "./load";
import { cpuMs, machineMs } from "./processes";

export interface Result {
  name: string;
  perSecond: number;
  p50: number;
  p99: number;
  /** Processor time of the server, and of the database, for each request. */
  serverMs: number | null;
  databaseMs: number | null;
  wrong: Record<string, number>;
  count: number;
}

/** Of server and database together, for each request. */
export function processorMs({ serverMs, databaseMs }: Result): number {
  return (serverMs ?? Number.NaN) + (databaseMs ?? Number.NaN);
}

/** What the rest of the machine took, in milliseconds of a core. */
const others = { used: 0, available: 0 };

/** The share of the cores that was not ours while something was measured. */
export function othersShare(): number {
  return Math.max(0, others.used / others.available);
}

function program(name: string): string {
  return join(import.meta.dirname, `${name}.mjs`);
}

function percentile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const LOOK_MS = 250;
const QUIET_MS = 25;
const PATIENCE_MS = 20_000;

/** Waits until the server has finished what callers of an earlier measurement left behind: their passwords are still being hashed. */
export async function settle(pid: number): Promise<void> {
  for (const deadline = performance.now() + PATIENCE_MS; performance.now() < deadline; ) {
    const before = cpuMs(pid) ?? 0;
    await sleep(LOOK_MS);
    if ((cpuMs(pid) ?? 0) - before < QUIET_MS) return;
  }
}

export async function measure(name: string, job: Job, pids: { server: number; database: number }): Promise<Result> {
  await settle(pids.server);
  const child = fork(program("load"));
  const read = () => [cpuMs(pids.server), cpuMs(pids.database), cpuMs(child.pid ?? 0), machineMs()] as const;
  let before = read();
  const measured = await new Promise<Measured>((resolve, reject) => {
    child.on("message", (message) => {
      if (message === "measuring") before = read();
      else resolve(message as Measured);
    });
    child.once("exit", (code) => reject(new Error(`The load generator ended with ${code}.`)));
    child.send(job);
  });
  const after = read();
  const { latencies, seconds, wrong } = measured;
  const [server = 0, database = 0, load = 0, machine = 0] = after.map((ms, index) => (ms ?? 0) - (before[index] ?? 0));
  others.used += machine - server - database - load;
  others.available += seconds * 1000 * availableParallelism();
  const sorted = latencies.sort((a, b) => a - b);
  const perRequest = (index: 0 | 1) => {
    const [from, to] = [before[index], after[index]];
    // A connection of PostgreSQL that ended meanwhile took its time with it.
    return from === null || to === null || to < from ? null : (to - from) / sorted.length;
  };
  return {
    name,
    perSecond: sorted.length / seconds,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    serverMs: perRequest(0),
    databaseMs: perRequest(1),
    wrong,
    count: sorted.length,
  };
}

/** Comparisons of passwords a second, in a process that does nothing else. */
export function measureBcrypt(cost: number, seconds: number): Promise<Bare> {
  const child = fork(program("bare-bcrypt"));
  return new Promise((resolve, reject) => {
    child.once("message", (bare) => resolve(bare as Bare));
    child.once("exit", (code) => reject(new Error(`The bare bcrypt ended with ${code}.`)));
    child.send({ cost, seconds });
  });
}
