/** Data folders of embedded databases, and the processes of the PostgreSQL that lives in one. */
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { childrenOf, isAlive } from "./processes";

const made: string[] = [];

afterAll(async () => {
  for (const folder of made) {
    killPostgres(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }
});

export function newDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "foyer-e2e-"));
  made.push(folder);
  return folder;
}

/** The process id of the folder's PostgreSQL, or null when none runs. */
export function findPostgres(folder: string): number | null {
  const file = join(folder, "postgres", "cluster", "postmaster.pid");
  const pid = existsSync(file) ? Number(readFileSync(file, "utf8").split("\n")[0]) : 0;
  return pid > 0 && isAlive(pid) ? pid : null;
}

/** kill -9 of all its processes at once. */
export function killPostgres(folder: string): void {
  const pid = findPostgres(folder);
  if (!pid) return;
  for (const victim of [pid, ...childrenOf(pid)]) {
    try {
      process.kill(victim, "SIGKILL");
    } catch {
      // it has just ended
    }
  }
}
