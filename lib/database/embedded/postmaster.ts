/** PostgreSQL's `postmaster.pid`: the process and port of a running cluster. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { errorCode } from "./error-messages";

export interface Postmaster {
  pid: number;
  port: number;
}

/**
 * Returns the running PostgreSQL of this cluster, or null. The port is 0 until PostgreSQL has
 * written it.
 */
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
  if (!pid || !folder || !isProcessAlive(pid) || !(await servesCluster(pid, folder))) return null;
  return { pid, port: Number(lines[3]) || 0 };
}

export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}

/**
 * After a crash the process ID may belong to another process, or to a zombie that was never reaped.
 */
async function servesCluster(pid: number, folder: string): Promise<boolean> {
  const command = await commandOf(pid).catch(() => null);
  return command === null || command.includes(folder);
}

async function commandOf(pid: number): Promise<string | null> {
  if (process.platform === "win32") return null;
  if (process.platform === "linux") return await readFile(`/proc/${pid}/cmdline`, "utf8");
  return (await promisify(execFile)("ps", ["-ww", "-o", "command=", "-p", String(pid)])).stdout;
}
