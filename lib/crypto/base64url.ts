/** RFC 4648 §5, strictly: one text for the same bytes, so that a token cannot be written in a second way. */

/** The bytes, or null when padded, with foreign characters, or with bits set that nothing reads. */
export function decodeBase64url(text: string): Buffer<ArrayBuffer> | null {
  const bytes = Buffer.from(text, "base64url");
  return bytes.toString("base64url") === text ? bytes : null;
}
