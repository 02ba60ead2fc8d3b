/** Whether the mails of an App reach anybody. */
import { db } from "../database/client";
import { hasTransport } from "./transport";

export interface MailTrouble {
  /** Given up since then. */
  failed: number;
  /** Written since then, with no provider that could send them. */
  unsent: number;
}

/** More than these nobody counts. */
const MANY = 1000;

export async function countMailTrouble(appId: string, since: Date): Promise<MailTrouble> {
  const recent = { appId, createdAt: { gte: since } };
  if (!hasTransport()) return { failed: 0, unsent: await db().mail.count({ where: recent, take: MANY }) };
  return { failed: await db().mail.count({ where: { ...recent, failedAt: { not: null } }, take: MANY }), unsent: 0 };
}
