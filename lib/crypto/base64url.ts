/**
 * Strict base64url decoding (RFC 4648 §5): each value has one encoding, so a token can't be written
 * in two ways.
 */

/** Returns null for padding, other characters and unused bits that are set. */
export function decodeBase64url(text: string): Buffer<ArrayBuffer> | null {
  const bytes = Buffer.from(text, "base64url");
  return bytes.toString("base64url") === text ? bytes : null;
}
