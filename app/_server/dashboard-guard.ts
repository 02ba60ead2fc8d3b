/**
 * The dashboard's session for route handlers. They are mounted outside of Next, so the cookie is read from the request itself; what it
 * means is asked of the database as for every page.
 */
import { decode } from "next-auth/jwt";
import { type App, getApp } from "@/lib/apps/apps";
import { requireRole } from "@/lib/apps/members";
import type { Actor } from "@/lib/audit/events";
import { readCookie } from "@/lib/cookies";
import type { MemberRole } from "@/lib/database/client";
import { fail, failNotFound } from "@/lib/errors";
import { requireOwnOrigin } from "@/lib/http/origin";
import type { Guard } from "@/lib/http/route";
import { TENANT_ZERO } from "@/lib/ids";
import { type BrowserSession, findBrowserSession } from "@/lib/sessions/browser";
import { type CookieFacts, cookieName, cookieSecret } from "./auth-options";

async function findDeveloper(request: Request): Promise<BrowserSession | null> {
  const token = readCookie(request, cookieName());
  const facts = token ? await decode({ token, secret: cookieSecret() }).catch(() => null) : null;
  const { sid, sub } = (facts ?? {}) as Partial<CookieFacts>;
  if (!sid || !sub) return null;
  const found = await findBrowserSession(await getApp(TENANT_ZERO), sid);
  return found?.userId === sub ? found : null;
}

/** A member of the App in the path, by the dashboard's cookie. An App of others is a 404, as everywhere. */
export function member(role: MemberRole): Guard<{ app: App; by: Actor; role: MemberRole; developer: BrowserSession }> {
  return async ({ request, params }) => {
    requireOwnOrigin(request);
    const developer = await findDeveloper(request);
    if (!developer) fail(401, "unauthorized", "Your session in the dashboard has ended. Sign in again.");
    const appId = params.app_id ?? "";
    if (appId === TENANT_ZERO) failNotFound("The App");
    const has = await requireRole(appId, developer.userId, role);
    return { app: await getApp(appId), by: { type: "developer", id: developer.userId }, role: has, developer };
  };
}
