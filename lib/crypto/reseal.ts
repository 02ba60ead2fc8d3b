/**
 * Re-encryption of sealed values with the newest master key, so that older master keys can be
 * removed.
 */
import { currentKeyVersion } from "./master-key";
import { keyVersionOf, type SealContext, seal, unseal } from "./seal";

/** A sealed value and its row. */
export interface SealedValue {
  sealed: string;
  context: SealContext;
  /**
   * Writes the new value, unless the stored one has changed meanwhile. Returns the number of rows
   * written.
   */
  replace(fresh: string): Promise<{ count: number }>;
}

export interface ResealCounts {
  resealed: number;
  /** Encrypted with a master key that FOYER_SECRET no longer contains. */
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
