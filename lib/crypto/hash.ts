/** SHA-256, HMAC and timing-safe comparison. */
import { createHmac, hash, randomBytes, timingSafeEqual } from "node:crypto";

/** 32 bytes, in the type that Prisma needs for a `bytea` column. */
export type Digest = Buffer<ArrayBuffer>;

export function sha256(data: string | Uint8Array): Digest {
  return hash("sha256", data, "buffer") as Digest;
}

export function hmacSha256(key: Uint8Array, data: string): Digest {
  return createHmac("sha256", key).update(data).digest() as Digest;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Timing-safe comparison of strings, also of different lengths. */
export function equalText(a: string, b: string): boolean {
  return timingSafeEqual(sha256(a), sha256(b));
}

/** 256 random bits as base64url. */
export function randomSecret(): string {
  return randomBytes(32).toString("base64url");
}
