/**
 * Signing keys that can't be decrypted: because of another master key, or because a row is corrupt.
 * With the right master key, the other keys can be decrypted.
 */
import { signingKeyLocation } from "../apps/signing-keys";
import { keyVersionOf, unseal } from "../crypto/seal";

export interface SealedKey {
  appId: string;
  id: string;
  privateSealed: string | null;
}

function canUnseal({ appId, id, privateSealed }: SealedKey): boolean {
  try {
    unseal(privateSealed ?? "", { appId, location: signingKeyLocation(id) });
    return true;
  } catch {
    return false;
  }
}

function hasSealedForm({ privateSealed }: SealedKey): boolean {
  return /^s1\.\d+\.[\w-]{40,}$/.test(privateSealed ?? "");
}

export type KeyProblem = { kind: "secret" | "corrupt"; key: SealedKey };

/** The first problem of these keys, or null. */
export function findKeyProblem(keys: SealedKey[]): KeyProblem | null {
  const broken = keys.filter((key) => !canUnseal(key));
  const [first] = broken;
  if (!first) return null;
  const damaged = broken.find((key) => !hasSealedForm(key));
  if (damaged) return { kind: "corrupt", key: damaged };
  const version = keyVersionOf(first.privateSealed ?? "");
  const others = keys.filter((key) => !broken.includes(key) && keyVersionOf(key.privateSealed ?? "") === version);
  return { kind: others.length > 0 ? "corrupt" : "secret", key: first };
}

export function describeCorruptKey({ appId, id }: SealedKey): string {
  return `The signing key ${id} of ${appId} is corrupt: its row in the table SigningKey was changed or damaged, and FOYER_SECRET is right. Restore the row from a backup, or delete it and rotate the app's keys.`;
}
