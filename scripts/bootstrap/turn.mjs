// One bootstrap at a time works on a checkout: a file with the owner's process id, rewritten while it is held.
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { explainFolder } from "./failure.mjs";
import { builds, root } from "./paths.mjs";
import { say } from "./progress.mjs";

const POLL_MS = 200;
const TOUCH_MS = 2_000;
const ABANDONED_MS = 15_000;
const file = `${builds}/turn`;

/** Does `work` alone, unless `isDone` says (before or after waiting) that nothing is left to do. */
export async function inTurn(isDone, work) {
  if (isDone()) return;
  const release = await takeTurn();
  try {
    if (!isDone()) await work();
  } catch (error) {
    throw explainFolder(error, root);
  } finally {
    release();
  }
}

async function takeTurn() {
  for (let waiting = false; !claim(); waiting = true) {
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

function claim() {
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

/** Its owner is gone, or (a process id of another container says nothing) it has not been rewritten for a while. */
function isAbandoned(owner) {
  const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  return (owner > 0 && !isAlive(owner)) || age > ABANDONED_MS;
}

export function isAlive(pid) {
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
