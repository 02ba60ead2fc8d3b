/**
 * Lock file of the embedded database: one process at a time creates or starts it. The file contains
 * the owner's process ID; the owner rewrites it while it holds the lock.
 */
import { open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { errorCode } from "./error-messages";
import { isProcessAlive } from "./postmaster";

const POLL_MS = 50;
const TOUCH_MS = 2_000;
const UNTOUCHED_POLLS = 200;

export async function withStartupLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const release = await acquire(file);
  try {
    return await work();
  } finally {
    await release();
  }
}

async function acquire(file: string): Promise<() => Promise<void>> {
  const seen = { touched: -1, polls: 0 };
  while (!(await tryAcquire(file))) {
    if (await isAbandoned(file, seen)) await removeAbandoned(file);
    else await sleep(POLL_MS);
  }
  const touching = setInterval(() => writeFile(file, String(process.pid), { flag: "r+" }).catch(() => {}), TOUCH_MS);
  touching.unref();
  return async () => {
    clearInterval(touching);
    if ((await ownerOf(file)) === process.pid) await rm(file, { force: true });
  };
}

async function tryAcquire(file: string): Promise<boolean> {
  try {
    const handle = await open(file, "wx", 0o600);
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

/**
 * The owner has died, or hasn't touched the file for ten seconds (its process ID may be of another
 * container).
 */
async function isAbandoned(file: string, seen: { touched: number; polls: number }): Promise<boolean> {
  const touched = await stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => -1,
  );
  seen.polls = touched === seen.touched ? seen.polls + 1 : 0;
  seen.touched = touched;
  const owner = await ownerOf(file);
  return (owner > 0 && !isProcessAlive(owner)) || seen.polls > UNTOUCHED_POLLS;
}

async function ownerOf(file: string): Promise<number> {
  return Number(await readFile(file, "utf8").catch(() => "")) || 0;
}

/** Renames the file first: if two processes find it abandoned, only one of them removes it. */
async function removeAbandoned(file: string): Promise<void> {
  const aside = `${file}.${process.pid}`;
  await rename(file, aside).catch(() => {});
  await rm(aside, { force: true });
}
