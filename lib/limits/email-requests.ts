/** Mails that a person asks for are counted by the person's address: the browser's at our own pages, or the one that a backend passes on. */
import type { App } from "../apps/apps";
import type { Actor } from "../audit/events";
import { LIMITS, limitByBrowserAddress, limitByUserAddress } from "./rate-limit";

/** @throws 429 */
export async function limitAsker(app: App, by: Actor): Promise<void> {
  if (by.type === "key") await limitByUserAddress(LIMITS.askedMail, app.id);
  else await limitByBrowserAddress(LIMITS.askedMail, app.id);
}
