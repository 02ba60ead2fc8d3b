/** Ready-made RSA key pairs: nearly every test creates an app, and generating a pair takes 170 ms. */
import { createPrivateKey, createPublicKey, randomInt } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateSigningKeyPair, type KeyPair, replaceKeyGenerator } from "@/lib/apps/signing-keys";

const FILE = join(process.cwd(), ".test-data", "rsa-keys.json");
/** The test file with the most apps needs 35. */
const COUNT = 40;

const worker = globalThis as { testKeyPairs?: KeyPair[] };

/** Global setup: generates the pairs once per checkout. Git ignores .test-data. */
export default async function setup(): Promise<void> {
  if (existsSync(FILE)) return;
  const pairs = await Promise.all(Array.from({ length: COUNT }, () => generateSigningKeyPair("RS256")));
  const texts = pairs.map(({ privateKey }) => privateKey.export({ format: "pem", type: "pkcs8" }));
  const draft = `${FILE}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(texts), { mode: 0o600 });
  renameSync(draft, FILE);
}

function readKeyPairs(): KeyPair[] {
  const texts = JSON.parse(readFileSync(FILE, "utf8")) as string[];
  return texts.map((text) => ({ privateKey: createPrivateKey(text), publicKey: createPublicKey(text) }));
}

/** Uses each pair once per test file, so that no two apps share a key, then generates more. */
export function installReadyMadeKeys(): void {
  worker.testKeyPairs ??= readKeyPairs();
  const pairs = worker.testKeyPairs;
  const first = randomInt(pairs.length);
  let used = 0;
  replaceKeyGenerator(async (alg) => {
    if (alg !== "RS256" || used === pairs.length) return generateSigningKeyPair(alg);
    return pairs[(first + used++) % pairs.length] as KeyPair;
  });
}

/** For tests that generate and rotate keys: generates every pair. */
export function installRealKeyGenerator(): void {
  replaceKeyGenerator(generateSigningKeyPair);
}
