/** Recovery codes: each stands in for a second factor once. They are shown only when they are made. */
import { randomBytes } from "node:crypto";
import { now } from "../clock";
import { sha256 } from "../crypto/hash";
import type { Tx } from "../database/client";

const COUNT = 10;
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** 80 random bits, in groups that are easy to type: `x7k2-9dfm-p0qa-4ht8`. */
function newCode(): string {
  const text = [...randomBytes(16)].map((byte) => ALPHABET[byte % 32]).join("");
  return text.match(/.{4}/g)?.join("-") ?? text;
}

export function hashRecoveryCode(appId: string, userId: string, code: string): Buffer<ArrayBuffer> {
  return sha256(`${appId}/${userId}/${code}`);
}

/** Replaces the codes of a user. → the new ones */
export async function replaceRecoveryCodes(tx: Tx, appId: string, userId: string): Promise<string[]> {
  await tx.recoveryCode.deleteMany({ where: { appId, userId } });
  const codes = Array.from({ length: COUNT }, newCode);
  const data = codes.map((code) => ({ appId, userId, hash: hashRecoveryCode(appId, userId, code), createdAt: now() }));
  await tx.recoveryCode.createMany({ data });
  return codes;
}
