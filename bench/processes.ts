/** CPU time and memory of processes, on Linux; otherwise null. */
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** /proc counts in hundredths of a second, regardless of the kernel's tick. */
const TICK_MS = 10;

function stat(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null; // The process has just exited.
  }
}

/** The process and all its descendants. */
export function tree(root: number): number[] {
  if (!existsSync("/proc/self/stat")) return [];
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const parents = new Map(all.map((pid) => [pid, attempt(() => Number(stat(pid)[1]))]));
  const below = (pid: number): number[] => [pid, ...all.filter((one) => parents.get(one) === pid).flatMap(below)];
  return below(root);
}

/** CPU time used so far, in milliseconds. */
export function cpuMs(root: number): number | null {
  const times = tree(root).map((pid) => attempt(() => Number(stat(pid)[11]) + Number(stat(pid)[12])) ?? 0);
  return times.length === 0 ? null : times.reduce((sum, ticks) => sum + ticks, 0) * TICK_MS;
}

/** CPU time of all processes on this machine so far, in milliseconds. */
export function machineMs(): number | null {
  const fields = attempt(() => readFileSync("/proc/stat", "utf8").split("\n")[0]?.split(/ +/).slice(1).map(Number));
  // user, nice, system; idle and waiting follow.
  return fields ? ((fields[0] ?? 0) + (fields[1] ?? 0) + (fields[2] ?? 0)) * TICK_MS : null;
}

/** Memory in MB, with shared pages counted proportionally (PSS). */
export function pssMb(pids: number[]): number | null {
  const sizes = pids.map((pid) =>
    attempt(() => Number(/^Pss: +(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1])),
  );
  if (sizes.length === 0 || sizes.some((size) => size === null)) return null;
  return sizes.reduce((sum: number, size) => sum + (size ?? 0), 0) / 1024;
}
