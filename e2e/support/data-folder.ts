/** Data folders of embedded databases, and the PostgreSQL processes that run in them. */
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onCleanup } from "./cleanup";
import { childrenOf, isAlive } from "./processes";

export function newDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "foyer-e2e-"));
  onCleanup(async () => {
    killPostgres(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });
  return folder;
}

/** The process id of the folder's PostgreSQL, or null when none runs. */
export function findPostgres(folder: string): number | null {
  const file = join(folder, "postgres", "cluster", "postmaster.pid");
  const pid = existsSync(file) ? Number(readFileSync(file, "utf8").split("\n")[0]) : 0;
  return pid > 0 && isAlive(pid) ? pid : null;
}

/** Kills all processes of the folder's PostgreSQL at once (SIGKILL). */
export function killPostgres(folder: string): void {
  const pid = findPostgres(folder);
  if (!pid) return;
  for (const victim of [pid, ...childrenOf(pid)]) {
    try {
      process.kill(victim, "SIGKILL");
    } catch {
      // it has just exited
    }
  }
}
