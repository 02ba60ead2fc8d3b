/** Counts an app's recent emails that did not reach their recipients. */
import { db } from "../database/client";
import { hasTransport } from "./transport";

export interface DeliveryProblems {
  /** Emails that Foyer gave up on. */
  failed: number;
  /** Emails that were not sent because no provider is configured. */
  unsent: number;
}

const MAX_COUNT = 1000;

export async function countDeliveryProblems(appId: string, since: Date): Promise<DeliveryProblems> {
  const recent = { appId, createdAt: { gte: since } };
  if (!hasTransport()) return { failed: 0, unsent: await db().mail.count({ where: recent, take: MAX_COUNT }) };
  return {
    failed: await db().mail.count({ where: { ...recent, failedAt: { not: null } }, take: MAX_COUNT }),
    unsent: 0,
  };
}
