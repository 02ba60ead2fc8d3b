/** Who is looking at the dashboard: the cookie says which session, the database whether it lives. */

import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { encode } from "next-auth/jwt";
import { getServerSession } from "next-auth/next";
import { cache } from "react";
import { type App, findApp, getApp } from "@/lib/apps/apps";
import { requireRole } from "@/lib/apps/members";
import { nowMs } from "@/lib/clock";
import type { MemberRole } from "@/lib/database/client";
import { isAppError } from "@/lib/errors";
import { isAppId, TENANT_ZERO } from "@/lib/ids";
import { type BrowserSession, findBrowserSession } from "@/lib/sessions/browser";
import { authOptions, type CookieFacts, cookieName, cookieOptions, cookieSecret } from "./auth-options";

export type Developer = BrowserSession;

/** The signed-in developer, or null. Asked of the database once per request. */
export const findDeveloper = cache(async (): Promise<Developer | null> => {
  const session = (await getServerSession(authOptions())) as { facts?: Partial<CookieFacts> } | null;
  const { sid, sub } = session?.facts ?? {};
  if (!sid || !sub) return null;
  const found = await findBrowserSession(await getApp(TENANT_ZERO), sid);
  return found?.userId === sub ? found : null;
});

/** For pages: the developer, or off to the login and back here afterwards. */
export async function requireDeveloper(path: string): Promise<Developer> {
  return (await findDeveloper()) ?? redirect(`/login?next=${encodeURIComponent(path)}`);
}

export interface Membership {
  developer: Developer;
  app: App;
  role: MemberRole;
}

/** For pages of an App: who is no member gets the same 404 as for an App that does not exist. */
export async function requireMembership(
  appId: string,
  path: string,
  needed: MemberRole = "viewer",
): Promise<Membership> {
  const developer = await requireDeveloper(path);
  if (!isAppId(appId) || appId === TENANT_ZERO) notFound();
  try {
    const role = await requireRole(appId, developer.userId, needed);
    const app = await findApp(appId);
    return app ? { developer, app, role } : notFound();
  } catch (error) {
    if (isAppError(error) && error.status === 404) notFound();
    throw error;
  }
}

/** Sets the dashboard's cookie for a session that was just made. */
export async function setDashboardCookie(session: {
  sessionId: string;
  userId: string;
  expiresAt: Date;
}): Promise<void> {
  const maxAge = Math.floor((session.expiresAt.getTime() - nowMs()) / 1000);
  const token = { sub: session.userId, sid: session.sessionId } satisfies CookieFacts;
  const value = await encode({ token, secret: cookieSecret(), maxAge });
  (await cookies()).set(cookieName(), value, { ...cookieOptions(), maxAge });
}

export async function clearDashboardCookie(): Promise<void> {
  (await cookies()).delete({ name: cookieName(), ...cookieOptions() });
}

/** Where to go after signing in: only a path of the dashboard, never another site. */
export function safeNext(next: string | undefined): string {
  return next && /^\/dashboard(\/[\w\-/]*)?$/.test(next) ? next : "/dashboard";
}
