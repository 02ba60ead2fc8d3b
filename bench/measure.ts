/**
 * Measures one line of the table: runs the load generator and reads the CPU time of the processes.
 */
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
  /** CPU time of the server and of the database per request. */
  serverMs: number | null;
  databaseMs: number | null;
  wrong: Record<string, number>;
  count: number;
}

/** CPU time of server and database together per request. */
export function processorMs({ serverMs, databaseMs }: Result): number {
  return (serverMs ?? Number.NaN) + (databaseMs ?? Number.NaN);
}

/** CPU time of other processes, in milliseconds of one core. */
const others = { used: 0, available: 0 };

/** The share of the cores that other processes used during the measurement. */
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

/** Waits until the server has finished the password hashes of an earlier measurement. */
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
    child.once("exit", (code) => reject(new Error(`The load generator exited with code ${code}.`)));
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
    // CPU time of PostgreSQL connections that were closed meanwhile is missing.
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

/** Password comparisons per second, in a process without other work. */
export function measureBcrypt(cost: number, seconds: number): Promise<Bare> {
  const child = fork(program("bare-bcrypt"));
  return new Promise((resolve, reject) => {
    child.once("message", (bare) => resolve(bare as Bare));
    child.once("exit", (code) => reject(new Error(`The bare bcrypt process exited with code ${code}.`)));
    child.send({ cost, seconds });
  });
}
