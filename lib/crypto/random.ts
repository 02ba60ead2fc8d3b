/**
 * Random bytes for IDs, generated in bulk: one call into OpenSSL per ID would cost more than the
 * rest of the ID.
 */
import { randomFillSync } from "node:crypto";
import { processState } from "../process-state";

const SIZE = 4096;
const pool = processState("random-pool", () => ({ bytes: Buffer.alloc(SIZE), at: SIZE }));

/** Returns up to 64 bytes, each of which is used once. Read them before the next call. */
export function pooledRandomBytes(length: number): Uint8Array {
  if (length > 64) throw new RangeError("at most 64 at a time");
  if (pool.at + length > SIZE) {
    randomFillSync(pool.bytes);
    pool.at = 0;
  }
  pool.at += length;
  return pool.bytes.subarray(pool.at - length, pool.at);
}
