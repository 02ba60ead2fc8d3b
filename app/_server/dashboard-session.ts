/** Dashboard session of pages and actions: the cookie names it, the database validates it. */
import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { encode } from "next-auth/jwt";
import { getServerSession } from "next-auth/next";
import { cache } from "react";
import { type App, findApp } from "@/lib/apps/apps";
import { requireRole } from "@/lib/apps/members";
import { nowMs } from "@/lib/clock";
import { sha256 } from "@/lib/crypto/hash";
import type { MemberRole } from "@/lib/database/client";
import { isAppError } from "@/lib/errors";
import { isRememberedDevice } from "@/lib/factors/remembered-devices";
import { deviceCookieName } from "@/lib/hosted/remembered-browser";
import { secondFactorUrl } from "@/lib/hosted/signing-in";
import { isAppId, TENANT_ZERO } from "@/lib/ids";
import type { BrowserSignIn, PendingBrowserSignIn, SigningInBrowser } from "@/lib/signin/complete";
import { authOptions, type CookieFacts, cookieOptions, cookieSecret } from "./auth-options";
import { bindBrowser } from "./browser-cookie";
import { cookieName } from "./dashboard-cookie";
import { type Developer, findDeveloperBy } from "./developer";
import { currentPath, safeNext, withNext } from "./next-path";

/** The signed-in developer, or null. One database query per request. */
export const findDeveloper = cache(async (): Promise<Developer | null> => {
  const session = (await getServerSession(authOptions())) as { facts?: Partial<CookieFacts> } | null;
  return findDeveloperBy(session?.facts ?? {});
});

/** For pages: redirects to the sign-in page, which returns here, with the query. */
export async function requireDeveloper(path: string): Promise<Developer> {
  return (await findDeveloper()) ?? redirect(withNext("/login", safeNext(await currentPath(path))));
}

export interface Membership {
  developer: Developer;
  app: App;
  role: MemberRole;
}

/** For pages of an app: 404 unless the developer is a member. */
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

/** Sets the session cookie for a new session. */
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

/** The browser in which a developer signs in: where the sign-in continues after a second factor. */
export async function signingInDashboard(path: string): Promise<SigningInBrowser> {
  const secret = await bindBrowser(TENANT_ZERO);
  const device = (await cookies()).get(deviceCookieName(TENANT_ZERO))?.value;
  return {
    binding: { hash: sha256(secret).toString("base64url"), goal: { type: "dashboard", path } },
    isRemembered: (tx, app, userId) => isRememberedDevice(tx, app, userId, device),
  };
}

/** Opens the dashboard, or the page of the second factor if it is missing. */
export async function enterDashboard(signIn: BrowserSignIn | PendingBrowserSignIn, path: string): Promise<never> {
  if (signIn.type === "pending") redirect(secondFactorUrl({ id: TENANT_ZERO }, signIn.id));
  await setDashboardCookie(signIn);
  redirect(path);
}

export async function clearDashboardCookie(): Promise<void> {
  (await cookies()).delete({ name: cookieName(), ...cookieOptions() });
}
