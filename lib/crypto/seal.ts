/**
 * What must be read back (private keys, provider secrets) is sealed with AES-256-GCM (NIST SP 800-38D) under a key of one App,
 * and bound to its place: a sealed value moved to another row or App does not open.
 */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { currentKeyVersion, deriveKey } from "./master-key";

/** Where a sealed value belongs, e.g. `{ appId, place: "SigningKey/<kid>" }`. */
export interface SealContext {
  appId: string;
  place: string;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** → `s1.<key version>.<base64url of iv, ciphertext, tag>` */
export function seal(plain: string, context: SealContext): string {
  const version = currentKeyVersion();
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", deriveKey("seal", context.appId, version), iv);
  cipher.setAAD(Buffer.from(`${context.appId}/${context.place}`));
  const sealed = Buffer.concat([iv, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `s1.${version}.${sealed.toString("base64url")}`;
}

/** @throws Error when the value was changed, moved, or sealed under a key that is gone */
export function open(sealed: string, context: SealContext): string {
  const [format, version, body] = sealed.split(".");
  if (format !== "s1" || !version || !body) throw new Error(`not a sealed value at ${context.place}`);
  const bytes = Buffer.from(body, "base64url");
  const key = deriveKey("seal", context.appId, Number(version));
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(`${context.appId}/${context.place}`));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  return decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
}

/** The version of the master key that a value is sealed under. */
export function sealedUnder(sealed: string): number {
  return Number(sealed.split(".")[1]);
}
