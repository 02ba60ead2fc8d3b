/**
 * Master keys from FOYER_SECRET, newest first, each with a version (`2:new…,1:old…`; a single
 * secret has version 1). Each key in use is derived from them for one purpose with HKDF (RFC 5869).
 * Data of an older version stays readable after a new one is added.
 */
import { hkdfSync } from "node:crypto";
import { LRUCache } from "lru-cache";
import { runtimeSecret } from "../env";
import { processState } from "../process-state";

export interface MasterKey {
  version: number;
  secret: string;
}

export const MIN_SECRET_LENGTH = 32;

/** @throws Error with a message that explains the problem and never contains the secret */
export function parseMasterKeys(text: string): MasterKey[] {
  const keys = text.split(",").map((part) => {
    const match = /^(?:(\d{1,6}):)?(.*)$/s.exec(part.trim());
    return { version: Number(match?.[1] ?? 1), secret: match?.[2] ?? "" };
  });
  for (const key of keys) {
    if (key.secret.length < MIN_SECRET_LENGTH) {
      throw new Error(
        `each secret needs at least ${MIN_SECRET_LENGTH} characters, and version ${key.version} is shorter`,
      );
    }
  }
  if (new Set(keys.map((key) => key.version)).size !== keys.length) {
    throw new Error("two secrets have the same version. Number them, as in 2:new-secret,1:old-secret");
  }
  return keys;
}

function masterKeys(): MasterKey[] {
  return processState("master-keys", () => parseMasterKeys(runtimeSecret()));
}

export function currentKeyVersion(): number {
  return masterKeys()[0]?.version ?? 1;
}

/** All versions, newest first, for values that don't contain their version. */
export function keyVersions(): number[] {
  return masterKeys().map(({ version }) => version);
}

const derived = processState("derived-keys", () => new LRUCache<string, Buffer>({ max: 5000 }));

/**
 * Derives 32 bytes for one purpose, and optionally for one app.
 * @throws Error if FOYER_SECRET has no key of this version
 */
export function deriveKey(purpose: string, appId = "", version = currentKeyVersion()): Buffer {
  const name = `${version}/${purpose}/${appId}`;
  const known = derived.get(name);
  if (known) return known;
  const master = masterKeys().find((key) => key.version === version);
  if (!master) throw new Error(`FOYER_SECRET has no key of version ${version}`);
  const key = Buffer.from(hkdfSync("sha256", master.secret, "foyer", `${purpose}\0${appId}`, 32));
  derived.set(name, key);
  return key;
}
