/**
 * Encryption of secrets that must be read back, such as private keys and provider secrets:
 * AES-256-GCM (NIST SP 800-38D) with a key per app. A sealed value is bound to its row: moved to
 * another row or app, it can't be decrypted.
 */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { currentKeyVersion, deriveKey } from "./master-key";

/** The row that a sealed value belongs to: the app, and for example `SigningKey/<kid>`. */
export interface SealContext {
  appId: string;
  location: string;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Returns `s1.<key version>.<base64url of iv, ciphertext, tag>`. */
export function seal(plain: string, context: SealContext): string {
  const version = currentKeyVersion();
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", deriveKey("seal", context.appId, version), iv);
  cipher.setAAD(Buffer.from(`${context.appId}/${context.location}`));
  const sealed = Buffer.concat([iv, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `s1.${version}.${sealed.toString("base64url")}`;
}

/** @throws Error if the value was changed or moved, or if its master key is missing */
export function unseal(sealed: string, context: SealContext): string {
  const [format, version, body] = sealed.split(".");
  if (format !== "s1" || !version || !body) throw new Error(`not a sealed value at ${context.location}`);
  const bytes = Buffer.from(body, "base64url");
  const key = deriveKey("seal", context.appId, Number(version));
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(`${context.appId}/${context.location}`));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  return decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
}

/** Returns the version of the master key that encrypted a value. */
export function keyVersionOf(sealed: string): number {
  return Number(sealed.split(".")[1]);
}
