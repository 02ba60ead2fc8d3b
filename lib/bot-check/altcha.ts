/**
 * Proof of work (ALTCHA, PBKDF2): the browser searches a counter whose derived key has a given
 * prefix. Foyer stores nothing: a challenge is signed with a key of the app.
 */
import { createChallenge, HmacAlgorithm, randomInt, verifySolution } from "altcha-lib";
import { deriveKey as deriveWork } from "altcha-lib/algorithms/pbkdf2";
import { z } from "zod";
import { now } from "../clock";
import { deriveKey, keyVersions } from "../crypto/master-key";
import type { CheckPage } from "./forms";
import type { Verdict } from "./verdict";

/** About a second of a phone. The server derives one key for a challenge and none for its solution. */
const ALGORITHM = "PBKDF2/SHA-256";
const COST = 5000;
const COUNTER = { least: 500, most: 1500 };

/** Long enough to fill in a form. The page gets another challenge after that. */
export const CHALLENGE_SECONDS = 1200;

const hex = (characters: number) =>
  z
    .string()
    .regex(/^[0-9a-f]+$/)
    .max(characters);

const Payload = z.strictObject({
  challenge: z.strictObject({
    parameters: z.strictObject({
      algorithm: z.literal(ALGORITHM),
      cost: z.literal(COST),
      data: z.strictObject({ page: z.string().max(20) }),
      expiresAt: z.number().int().positive(),
      keyLength: z.literal(32),
      keyPrefix: hex(64),
      keySignature: hex(64),
      nonce: hex(32),
      salt: hex(32),
    }),
    signature: hex(64),
  }),
  solution: z.strictObject({
    counter: z.number().int().min(0).max(0xffffffff),
    derivedKey: hex(64),
    time: z.number().optional(),
  }),
});

type Payload = z.infer<typeof Payload>;

function secretsOf(appId: string, version?: number) {
  return {
    hmacAlgorithm: HmacAlgorithm.SHA_256,
    hmacSignatureSecret: deriveKey("bot-check", appId, version).toString("base64url"),
    hmacKeySignatureSecret: deriveKey("bot-check-solution", appId, version).toString("base64url"),
  };
}

export function newChallenge(appId: string, page: CheckPage) {
  return createChallenge({
    algorithm: ALGORITHM,
    cost: COST,
    counter: randomInt(COUNTER.most, COUNTER.least),
    data: { page },
    deriveKey: deriveWork,
    expiresAt: Math.floor(now().getTime() / 1000) + CHALLENGE_SECONDS,
    ...secretsOf(appId),
  });
}

function readPayload(token: string): Payload | null {
  try {
    return Payload.safeParse(JSON.parse(Buffer.from(token, "base64").toString("utf8"))).data ?? null;
  } catch {
    return null;
  }
}

/** Also a challenge that another process signed with an older or newer master key. */
async function isSolved(appId: string, { challenge, solution }: Payload): Promise<boolean> {
  for (const version of keyVersions()) {
    const { verified } = await verifySolution({
      challenge,
      solution,
      deriveKey: deriveWork,
      ...secretsOf(appId, version),
    });
    if (verified) return true;
  }
  return false;
}

export async function verifyAltcha(appId: string, page: CheckPage, token: string): Promise<Verdict> {
  const payload = readPayload(token);
  if (!payload) return { outcome: "failed", reason: "malformed" };
  const { parameters, signature } = payload.challenge;
  const expiresAt = new Date(parameters.expiresAt * 1000);
  if (expiresAt <= now()) return { outcome: "failed", reason: "expired" };
  if (!(await isSolved(appId, payload))) return { outcome: "failed", reason: "invalid_solution" };
  if (parameters.data.page !== page) return { outcome: "failed", reason: "another_page" };
  return { outcome: "passed", id: signature, expiresAt };
}
