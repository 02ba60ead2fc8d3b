/** Sealing anew, under the newest master key, what an older one sealed: afterwards the old one can be taken away. */
import { currentKeyVersion } from "./master-key";
import { open, type SealContext, seal, sealedUnder } from "./seal";

/** A sealed value, where it is kept. */
export interface SealedValue {
  sealed: string;
  context: SealContext;
  /** Writes it, but only while what stands there is still what was read. → how many rows it wrote */
  replace(fresh: string): Promise<{ count: number }>;
}

export interface Resealed {
  resealed: number;
  /** Sealed under a key that FOYER_SECRET has no more. */
  unreadable: number;
}

function tryOpen({ sealed, context }: SealedValue): string | null {
  try {
    return open(sealed, context);
  } catch {
    return null;
  }
}

export async function reseal(values: AsyncIterable<SealedValue>): Promise<Resealed> {
  const done: Resealed = { resealed: 0, unreadable: 0 };
  for await (const value of values) {
    if (sealedUnder(value.sealed) === currentKeyVersion()) continue;
    const plain = tryOpen(value);
    if (plain === null) done.unreadable++;
    else done.resealed += (await value.replace(seal(plain, value.context))).count;
  }
  return done;
}
