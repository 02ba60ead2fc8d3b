/** Lookup of the developer whose active session a dashboard cookie names. */
import { getApp } from "@/lib/apps/apps";
import { TENANT_ZERO } from "@/lib/ids";
import { type BrowserSession, findBrowserSession } from "@/lib/sessions/browser";
import type { CookieFacts } from "./auth-options";

export type Developer = BrowserSession;

/** null: no cookie, or its session isn't active or belongs to another user. */
export async function findDeveloperBy({ sid, sub }: Partial<CookieFacts>): Promise<Developer | null> {
  if (!sid || !sub) return null;
  const session = await findBrowserSession(await getApp(TENANT_ZERO), sid);
  return session?.userId === sub ? session : null;
}
