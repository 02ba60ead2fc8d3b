/** What a one-time token says about itself. Its hashes stay in this module. */
import type { Payloads, Purpose } from "./payloads";

export interface OneTime<P extends Purpose> {
  id: string;
  userId: string | null;
  /** The recipient's canonical email address. */
  email: string | null;
  payload: Payloads[P];
  createdAt: Date;
  expiresAt: Date;
}

export const ONE_TIME_FIELDS = {
  id: true,
  userId: true,
  email: true,
  payload: true,
  createdAt: true,
  expiresAt: true,
} as const;
