/** Sealing anew, under the newest master key, what an older one sealed: afterwards the old one can be taken away. */
import { currentKeyVersion } from "./master-key";
import { keyVersionOf, type SealContext, seal, unseal } from "./seal";

/** A sealed value, where it is kept. */
export interface SealedValue {
  sealed: string;
  context: SealContext;
  /** Writes it, but only while what stands there is still what was read. → how many rows it wrote */
  replace(fresh: string): Promise<{ count: number }>;
}

export interface ResealCounts {
  resealed: number;
  /** Sealed under a key that FOYER_SECRET has no more. */
  unreadable: number;
}

function tryUnseal({ sealed, context }: SealedValue): string | null {
  try {
    return unseal(sealed, context);
  } catch {
    return null;
  }
}

export async function reseal(values: AsyncIterable<SealedValue>): Promise<ResealCounts> {
  const done: ResealCounts = { resealed: 0, unreadable: 0 };
  for await (const value of values) {
    if (keyVersionOf(value.sealed) === currentKeyVersion()) continue;
    const plain = tryUnseal(value);
    if (plain === null) done.unreadable++;
    else done.resealed += (await value.replace(seal(plain, value.context))).count;
  }
  return done;
}
