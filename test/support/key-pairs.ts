/** Ready-made RSA key pairs for the apps of tests. Generating one takes 170 ms of CPU, and nearly every test creates an app. */
import { createPrivateKey, createPublicKey, randomInt } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateSigningKeyPair, type KeyPair, replaceKeyGenerator } from "@/lib/apps/signing-keys";

const FILE = join(process.cwd(), ".test-data", "rsa-keys.json");
/** As many as the apps of the largest test file. */
const COUNT = 40;

const worker = globalThis as { testKeyPairs?: KeyPair[] };

/** Global setup: generates the pairs once per checkout. They protect nothing outside of tests, and Git ignores .test-data. */
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

/** Hands out each pair once per test file, so that no two apps of a file share a key; then it generates further ones. */
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

/** For tests of generating and rotating keys. */
export function installRealKeyGenerator(): void {
  replaceKeyGenerator(generateSigningKeyPair);
}
