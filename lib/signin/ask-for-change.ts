/** Asks a signed-in user for the strongest factor there is, before a change of factors (lib/factors/fresh.ts). */
import type { App } from "../apps/apps";
import { db } from "../database/client";
import type { CurrentSession } from "../factors/fresh";
import { strongFactors } from "../factors/policy";
import type { PendingBrowser } from "../one-time/payloads";
import { askForFactor } from "./pending";

/** → the ID of the pending sign-in. null if the user has no factor: a new sign-in is then the strongest there is. */
export async function askForChange(
  app: App,
  { userId, sessionId }: CurrentSession,
  browser: PendingBrowser,
): Promise<string | null> {
  const session = await db().session.findUnique({
    where: { appId_id: { appId: app.id, id: sessionId }, userId },
    select: { amr: true, user: { select: { factors: true, email: true, emailVerifiedAt: true } } },
  });
  const methods = session ? strongFactors(app.settings, session.user, { method: "session", amr: session.amr }) : [];
  if (!session || methods.length === 0) return null;
  const needs = { type: "use", methods } as const;
  return askForFactor(app, { id: sessionId, userId, amr: session.amr }, browser, { acr: "2", needs });
}
