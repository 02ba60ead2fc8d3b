/**
 * Password hashing (bcrypt) in a bounded queue. bcrypt shares libuv's threads with the cryptography
 * of all requests, so at most min(cores, threads − 1) hashes run at once. When the queue is full, a
 * request fails immediately (503).
 */
import { availableParallelism } from "node:os";
import bcrypt from "bcrypt";
import { sha256 } from "../crypto/hash";
import { env } from "../env";
import { failUnavailable, unavailableError } from "../errors";
import { processState } from "../process-state";
import { requestContext } from "../request-context";

const MAX_WAITING = 100;
const MAX_WAIT_MS = 10_000;
const TOO_MANY = "Too many sign-ins are in progress. Try again in a few seconds.";

/**
 * bcrypt reads only 72 bytes. A longer password is first hashed with SHA-256 (base64), and its
 * stored hash has this prefix.
 */
const LONG_PREFIX = "sha256:";
const BCRYPT_BYTES = 72;

function hashingQueue() {
  return processState("hashing-queue", () => {
    const size = Math.max(1, Math.min(availableParallelism(), env().UV_THREADPOOL_SIZE - 1));
    return { size, slots: size, waiting: [] as (() => void)[] };
  });
}

/** The length of the queue, for the metrics. */
export function hashingLoad(): { running: number; waiting: number } {
  const { size, slots, waiting } = hashingQueue();
  return { running: size - slots, waiting: waiting.length };
}

function release(queue: ReturnType<typeof hashingQueue>): void {
  const next = queue.waiting.shift();
  if (next) next();
  else queue.slots++;
}

/** @throws 503 after 10 s. A caller gives up at about that time, and its retry would wait too. */
function turnInQueue(queue: ReturnType<typeof hashingQueue>): Promise<void> {
  return new Promise((resolve, reject) => {
    const turn = () => {
      clearTimeout(limit);
      resolve();
    };
    const limit = setTimeout(() => {
      queue.waiting.splice(queue.waiting.indexOf(turn), 1);
      reject(unavailableError(TOO_MANY, undefined, 5));
    }, MAX_WAIT_MS);
    queue.waiting.push(turn);
  });
}

async function inQueue<T>(work: () => Promise<T>): Promise<T> {
  const queue = hashingQueue();
  if (queue.slots > 0) queue.slots--;
  else {
    if (queue.waiting.length >= MAX_WAITING) throw unavailableError(TOO_MANY, undefined, 5);
    const signal = requestContext()?.signal?.();
    await turnInQueue(queue);
    // A caller who has disconnected needs no result, and others are waiting.
    if (signal?.aborted) {
      release(queue);
      failUnavailable("The caller has disconnected.");
    }
  }
  try {
    return await work();
  } finally {
    release(queue);
  }
}

function bcryptInput(password: string): { input: string; prefix: string } {
  const normalized = password.normalize("NFC");
  if (Buffer.byteLength(normalized) <= BCRYPT_BYTES) return { input: normalized, prefix: "" };
  return { input: sha256(normalized).toString("base64"), prefix: LONG_PREFIX };
}

/** Returns `$2b$…`, or `sha256:$2b$…` for a password of more than 72 bytes. */
export async function hashPassword(password: string): Promise<string> {
  const { input, prefix } = bcryptInput(password);
  return prefix + (await inQueue(() => bcrypt.hash(input, env().BCRYPT_COST)));
}

function dummyHash(): Promise<string> {
  return processState("dummy-hash", () => bcrypt.hash("no user has this password", env().BCRYPT_COST));
}

/** Without a stored hash (no such user, no password), it returns false after the same time. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const { input, prefix } = bcryptInput(password);
  // A stored hash of the other form also costs one comparison.
  const usable = stored !== null && stored.startsWith(LONG_PREFIX) === (prefix === LONG_PREFIX);
  const hash = usable ? stored.slice(prefix.length) : await dummyHash();
  const matches = await inQueue(() => bcrypt.compare(input, hash));
  return usable && matches;
}

/** Whether a hash was created with a lower cost than BCRYPT_COST. */
export function needsRehash(stored: string): boolean {
  return bcrypt.getRounds(stored.replace(LONG_PREFIX, "")) < env().BCRYPT_COST;
}
