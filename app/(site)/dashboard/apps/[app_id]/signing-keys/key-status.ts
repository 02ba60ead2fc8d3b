/** Statuses of a signing key. */
import type { listSigningKeys } from "@/lib/apps/key-rotation";

export type SigningKey = Awaited<ReturnType<typeof listSigningKeys>>[number];

export const KEY_STATUS = {
  next: { tone: "neutral", label: "Next", description: "Published, so that verifiers know it before it signs tokens." },
  active: { tone: "success", label: "Active", description: "Signs new tokens." },
  retiring: { tone: "warning", label: "Retiring", description: "Signs no new tokens. Existing tokens stay valid." },
  retired: { tone: "neutral", label: "Retired", description: "Removed from the JWKS. The private key is deleted." },
} as const;

/** When the key got its current status. */
export function statusSince({ retired_at, retiring_at, activated_at, created_at }: SigningKey): Date {
  return new Date(retired_at ?? retiring_at ?? activated_at ?? created_at);
}
