/** The life of a signing key, in words. */
import type { listSigningKeys } from "@/lib/apps/key-rotation";

export type SigningKey = Awaited<ReturnType<typeof listSigningKeys>>[number];

export const KEY_STATUS = {
  next: { tone: "neutral", label: "Next", about: "Published, so that every verifier knows it before it signs." },
  active: { tone: "success", label: "Signs", about: "Signs what is issued now." },
  retiring: { tone: "warning", label: "Verifies", about: "Signs no more; what it signed is still good." },
  retired: { tone: "neutral", label: "Retired", about: "Gone from the JWKS, its private part destroyed." },
} as const;

/** Since when it is what it is. */
export function statusSince({ retired_at, retiring_at, activated_at, created_at }: SigningKey): Date {
  return new Date(retired_at ?? retiring_at ?? activated_at ?? created_at);
}
