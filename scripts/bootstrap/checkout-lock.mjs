// Lock file of the checkout: one bootstrap at a time installs or builds.
// lib/database/embedded/startup-lock.ts is the same idea in TypeScript; this one must run before
// any package is installed.
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { explainFolder } from "./failure.mjs";
import { builds, root } from "./paths.mjs";
import { say } from "./progress.mjs";

const POLL_MS = 200;
const TOUCH_MS = 2_000;
const ABANDONED_MS = 15_000;
const file = `${builds}/lock`;

/** Runs `work` under the lock, unless `isDone` returns true before or after waiting for it. */
export async function withCheckoutLock(isDone, work) {
  if (isDone()) return;
  const release = await acquire();
  try {
    if (!isDone()) await work();
  } catch (error) {
    throw explainFolder(error, root);
  } finally {
    release();
  }
}

async function acquire() {
  for (let waiting = false; !tryAcquire(); waiting = true) {
    const owner = ownerOf();
    if (isAbandoned(owner)) rmSync(file, { force: true });
    else {
      if (!waiting) say(`Waiting for process ${owner || "?"}, which is preparing this folder …`);
      await sleep(POLL_MS);
    }
  }
  const touching = setInterval(touch, TOUCH_MS).unref();
  const release = () => {
    clearInterval(touching);
    process.off("exit", release);
    if (ownerOf() === process.pid) rmSync(file, { force: true });
  };
  process.on("exit", release);
  return release;
}

function tryAcquire() {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const handle = openSync(file, "wx");
    writeSync(handle, String(process.pid));
    closeSync(handle);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw explainFolder(error, root);
  }
}

function touch() {
  if (ownerOf() === process.pid) writeFileSync(file, String(process.pid));
}

/**
 * The owner has died, or hasn't rewritten the file for a while (its process ID may be of another
 * container).
 */
function isAbandoned(owner) {
  const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  return (owner > 0 && !isProcessAlive(owner)) || age > ABANDONED_MS;
}

export function isProcessAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function ownerOf() {
  try {
    return Number(readFileSync(file, "utf8")) || 0;
  } catch {
    return 0;
  }
}
