/**
 * Checks that the data folder responds. On a network drive that is away, every operation waits
 * without an error, and a process that waits for one can't exit. So another process tries.
 */
import { spawn } from "node:child_process";
import { StartError } from "../errors";

const LIMIT_MS = 10_000;
const TRY = 'ls "$0" && if [ -e "$0/secret" ]; then head -c 1 "$0/secret"; fi';

/** @throws StartError. A folder that doesn't exist yet is created later. */
export function requireResponsiveFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return Promise.resolve();
  return new Promise((resolve, reject) => {
    const child = spawn("sh", ["-c", TRY, folder], { stdio: "ignore", detached: true });
    const limit = setTimeout(() => {
      // Its whole group, because `sh` waits for the program that hangs.
      if (child.pid) process.kill(-child.pid, "SIGKILL");
      child.unref();
      reject(
        new StartError(
          `The data folder ${folder} does not respond: reading it took more than ${LIMIT_MS / 1000} s. Check its drive, or set DATA_DIR to another folder.`,
        ),
      );
    }, LIMIT_MS);
    const done = () => {
      clearTimeout(limit);
      resolve();
    };
    child.once("error", done).once("exit", done);
  });
}
