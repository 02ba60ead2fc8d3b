/** A session whose user has just proved a further factor is worth more from now on. */
import type { App } from "../apps/apps";
import { now } from "../clock";
import type { Tx } from "../database/client";
import { type AuthenticationMethods, acrOf, withFactor } from "../sessions/acr";
import type { CurrentSession } from "./fresh";

/** Two codes for one mailbox are one factor. */
function isSameMailbox(session: AuthenticationMethods, proved: AuthenticationMethods): boolean {
  return proved.includes("mca") && session.includes("otp") && !session.includes("mfa");
}

/** Tokens from before keep their `acr`; the next ones have the new one. */
export async function raiseSession(
  tx: Tx,
  app: App,
  { userId, sessionId }: CurrentSession,
  proved: AuthenticationMethods,
): Promise<void> {
  const where = { appId_id: { appId: app.id, id: sessionId }, userId, revokedAt: null };
  const session = await tx.session.findUnique({ where, select: { amr: true } });
  if (!session || isSameMailbox(session.amr, proved)) return;
  const amr = withFactor(session.amr, proved);
  await tx.session.updateMany({
    where: { appId: app.id, id: sessionId, revokedAt: null },
    data: { amr, acr: acrOf(amr), factorAt: now() },
  });
}
