// One process at a time creates or starts the cluster: a file with the owner's process id, touched while it is held.
import { open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { errorCode } from "./failure";
import { isAlive } from "./postmaster";

const POLL_MS = 50;
const TOUCH_MS = 2_000;
const UNTOUCHED_POLLS = 200;

export async function withTurn<T>(file: string, work: () => Promise<T>): Promise<T> {
  const release = await takeTurn(file);
  try {
    return await work();
  } finally {
    await release();
  }
}

async function takeTurn(file: string): Promise<() => Promise<void>> {
  const seen = { touched: -1, polls: 0 };
  while (!(await claim(file))) {
    if (await isAbandoned(file, seen)) await discard(file);
    else await sleep(POLL_MS);
  }
  const touching = setInterval(() => writeFile(file, String(process.pid), { flag: "r+" }).catch(() => {}), TOUCH_MS);
  touching.unref();
  return async () => {
    clearInterval(touching);
    if ((await ownerOf(file)) === process.pid) await rm(file, { force: true });
  };
}

async function claim(file: string): Promise<boolean> {
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

/** Its owner is gone, or (where process ids say nothing, as in another container) nobody has touched it for ten seconds. */
async function isAbandoned(file: string, seen: { touched: number; polls: number }): Promise<boolean> {
  const touched = await stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => -1,
  );
  seen.polls = touched === seen.touched ? seen.polls + 1 : 0;
  seen.touched = touched;
  const owner = await ownerOf(file);
  return (owner > 0 && !isAlive(owner)) || seen.polls > UNTOUCHED_POLLS;
}

async function ownerOf(file: string): Promise<number> {
  return Number(await readFile(file, "utf8").catch(() => "")) || 0;
}

/** By renaming, so that of two who find it abandoned only one takes it away. */
async function discard(file: string): Promise<void> {
  const aside = `${file}.${process.pid}`;
  await rename(file, aside).catch(() => {});
  await rm(aside, { force: true });
}
