// What PostgreSQL's own `postmaster.pid` says, and whether that process is still there.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { errorCode } from "./failure";

export interface Postmaster {
  pid: number;
  port: number;
}

/** The running PostgreSQL of this cluster, or null. The port is 0 while it has not said it yet. */
export async function findPostmaster(cluster: string): Promise<Postmaster | null> {
  const lines = await readFile(join(cluster, "postmaster.pid"), "utf8").then(
    (text) => text.split("\n"),
    (error) => {
      if (errorCode(error) === "ENOENT") return null;
      throw error;
    },
  );
  const pid = Number(lines?.[0]);
  const folder = lines?.[1];
  if (!pid || !folder || !isAlive(pid) || !(await runsOn(pid, folder))) return null;
  return { pid, port: Number(lines[3]) || 0 };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}

/** After a crash the number may belong to another process, or to a zombie that a container's first process never reaps. */
async function runsOn(pid: number, folder: string): Promise<boolean> {
  const command = await commandOf(pid).catch(() => null);
  return command === null || command.includes(folder);
}

async function commandOf(pid: number): Promise<string | null> {
  if (process.platform === "win32") return null;
  if (process.platform === "linux") return await readFile(`/proc/${pid}/cmdline`, "utf8");
  return (await promisify(execFile)("ps", ["-ww", "-o", "command=", "-p", String(pid)])).stdout;
}
