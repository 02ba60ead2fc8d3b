/**
 * Whether to offer a passkey after a sign-in with a password: at most once a month. The script of the
 * sign-in page says whether the browser's device can keep passkeys. Without it, there is no offer.
 */
import type { App } from "../../apps/apps";
import { now } from "../../clock";
import { db } from "../../database/client";
import { missingForChange } from "../../factors/fresh";
import { worksOnHostedPages } from "../../factors/passkey/site";
import type { Parameters } from "../../oauth/parameters";
import type { HostedSession } from "../../sessions/cookie";

const INTERVAL_MS = 30 * 24 * 3600 * 1000;

/** What the script adds to the forms. */
export function canKeepPasskeys(form: Parameters): boolean {
  return form.get("passkeys") === "1";
}

/** Whether to show the offer now. The answer is yes once a month. */
export async function offersPasskey(app: App, session: HostedSession | null): Promise<boolean> {
  if (!session || !worksOnHostedPages(app.settings)) return false;
  const { id: sessionId, userId, amr, factors } = session;
  if (!amr.includes("pwd") || factors.includes("passkey")) return false;
  // In a remembered browser, the user would first have to use the second factor.
  if (await missingForChange(app, { userId, sessionId })) return false;
  const before = new Date(now().getTime() - INTERVAL_MS);
  const { count } = await db().user.updateMany({
    where: { appId: app.id, id: userId, OR: [{ passkeyOfferedAt: null }, { passkeyOfferedAt: { lt: before } }] },
    data: { passkeyOfferedAt: now() },
  });
  return count === 1;
}
