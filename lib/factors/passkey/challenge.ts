/**
 * WebAuthn challenges without rows: time, random bytes and a MAC over what they are for, so that
 * asking for options writes nothing. The use of a challenge is recorded, since it works once.
 */
import { randomBytes } from "node:crypto";
import { nowSeconds } from "../../clock";
import { decodeBase64url } from "../../crypto/base64url";
import { equalBytes, hmacSha256 } from "../../crypto/hash";
import { deriveKey, keyVersions } from "../../crypto/master-key";

export const CHALLENGE_SECONDS = 300;

/** Another process's clock may be ahead. */
const SKEW_SECONDS = 60;

/** What a challenge is for. It is valid for nothing else. */
export interface ChallengeUse {
  purpose: "sign_in" | "factor" | "registration";
  /** The pending sign-in, or the user and session. Empty for a sign-in, whose user is unknown. */
  subject: string;
}

export const SIGN_IN: ChallengeUse = { purpose: "sign_in", subject: "" };

const TIME_BYTES = 4;
const RANDOM_BYTES = 16;
const MAC_BYTES = 32;

function macOf(appId: string, { purpose, subject }: ChallengeUse, head: Uint8Array, version?: number): Buffer {
  const text = [purpose, subject, Buffer.from(head).toString("hex")].join("\0");
  return hmacSha256(deriveKey("passkey-challenge", appId, version), text);
}

export function newChallenge(appId: string, use: ChallengeUse): Uint8Array<ArrayBuffer> {
  const head = Buffer.alloc(TIME_BYTES + RANDOM_BYTES);
  head.writeUInt32BE(nowSeconds());
  randomBytes(RANDOM_BYTES).copy(head, TIME_BYTES);
  return new Uint8Array(Buffer.concat([head, macOf(appId, use, head)]));
}

export interface Challenge {
  text: string;
  expiresAt: Date;
}

/** null if Foyer didn't issue it for this use, or it has expired. */
export function readChallenge(appId: string, use: ChallengeUse, text: string): Challenge | null {
  const bytes = decodeBase64url(text);
  if (bytes?.length !== TIME_BYTES + RANDOM_BYTES + MAC_BYTES) return null;
  const head = bytes.subarray(0, TIME_BYTES + RANDOM_BYTES);
  const mac = bytes.subarray(TIME_BYTES + RANDOM_BYTES);
  const issuedAt = head.readUInt32BE();
  const age = nowSeconds() - issuedAt;
  if (age > CHALLENGE_SECONDS || age < -SKEW_SECONDS) return null;
  if (!keyVersions().some((version) => equalBytes(mac, macOf(appId, use, head, version)))) return null;
  return { text, expiresAt: new Date((issuedAt + CHALLENGE_SECONDS + SKEW_SECONDS) * 1000) };
}
