/** Random bytes for ids, drawn in bulk: a call into OpenSSL for each id costs more than the rest of making it. */
import { randomFillSync } from "node:crypto";
import { processState } from "../process-state";

const SIZE = 4096;
const pool = processState("random-pool", () => ({ bytes: Buffer.alloc(SIZE), at: SIZE }));

/** Each byte is given out once. At most 64 at a time; they must be read before the next call. */
export function pooledRandomBytes(length: number): Uint8Array {
  if (length > 64) throw new RangeError("at most 64 at a time");
  if (pool.at + length > SIZE) {
    randomFillSync(pool.bytes);
    pool.at = 0;
  }
  pool.at += length;
  return pool.bytes.subarray(pool.at - length, pool.at);
}
