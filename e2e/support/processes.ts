/** The processes of the system: which run, and which are children of which. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

interface ProcessFacts {
  pid: number;
  parent: number;
  /** It has exited, and its parent has not read the exit code yet. */
  zombie: boolean;
}

function readFacts(pid: number): ProcessFacts | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { pid, parent: Number(parent), zombie: state === "Z" };
  } catch {
    return null; // has just exited
  }
}

function listProcesses(): ProcessFacts[] {
  if (existsSync("/proc/self/stat")) {
    const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
    return pids.flatMap((name) => readFacts(Number(name)) ?? []);
  }
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat="], { encoding: "utf8" }).trim().split("\n");
  return lines.map((line) => {
    const [pid, parent, state = ""] = line.trim().split(/ +/);
    return { pid: Number(pid), parent: Number(parent), zombie: state.startsWith("Z") };
  });
}

export function isAlive(pid: number): boolean {
  return listProcesses().some((one) => one.pid === pid && !one.zombie);
}

export function childrenOf(pid: number): number[] {
  return listProcesses()
    .filter((one) => one.parent === pid && !one.zombie)
    .map((one) => one.pid);
}
