/** The 6-digit code of an email, for a user who reads the email on another device. */
import { randomInt } from "node:crypto";
import { now } from "../clock";
import { type Digest, equalBytes, hmacSha256 } from "../crypto/hash";
import { deriveKey, keyVersions } from "../crypto/master-key";
import { db, type Prisma, type Tx } from "../database/client";
import { ONE_TIME_FIELDS, type OneTime } from "./fields";
import type { Purpose } from "./payloads";

const DIGITS = 6;
/**
 * A code can be guessed, unlike the link beside it. Wrong guesses therefore invalidate the code
 * only.
 */
export const CODE_ATTEMPTS = 5;

export function newCode(): string {
  return String(randomInt(10 ** DIGITS)).padStart(DIGITS, "0");
}

export function hashCode(appId: string, email: string, code: string, keyVersion?: number): Digest {
  return hmacSha256(deriveKey("one-time-code", appId, keyVersion), `${email}/${code}`);
}

/**
 * Counts an attempt against every active code of the email address (and of `only`), then compares. → the ID of the
 * matching token. It runs outside any transaction, so that the attempt stays counted if the sign-in
 * fails.
 */
export async function tryCode(
  appId: string,
  purpose: Purpose,
  email: string,
  code: string,
  only: Prisma.OneTimeTokenWhereInput = {},
): Promise<string | null> {
  const tried = await db().oneTimeToken.updateManyAndReturn({
    where: {
      ...only,
      appId,
      purpose,
      email,
      codeHash: { not: null },
      consumedAt: null,
      expiresAt: { gt: now() },
      attempts: { lt: CODE_ATTEMPTS },
    },
    data: { attempts: { increment: 1 } },
    select: { id: true, codeHash: true },
  });
  const hashes = keyVersions().map((version) => hashCode(appId, email, code, version));
  return tried.find(({ codeHash: own }) => own && hashes.some((hash) => equalBytes(own, hash)))?.id ?? null;
}

/** Consumes the token that `tryCode` found. null if another request consumed it first. */
export async function consumeTriedCode<P extends Purpose>(
  tx: Tx,
  appId: string,
  purpose: P,
  id: string,
): Promise<OneTime<P> | null> {
  const [token] = await tx.oneTimeToken.updateManyAndReturn({
    where: { appId, id, purpose, consumedAt: null, expiresAt: { gt: now() } },
    data: { consumedAt: now() },
    select: ONE_TIME_FIELDS,
  });
  return (token as OneTime<P> | undefined) ?? null;
}
