/**
 * Guard of the dashboard's route handlers. They run outside of Next, so they read the session
 * cookie from the request.
 */

import { type App, getApp } from "@/lib/apps/apps";
import { requireRole } from "@/lib/apps/members";
import type { Actor } from "@/lib/audit/events";
import { readCookie } from "@/lib/cookies";
import type { MemberRole } from "@/lib/database/client";
import { fail, failNotFound } from "@/lib/errors";
import { requireOwnOrigin } from "@/lib/http/origin";
import type { HttpRequest } from "@/lib/http/request";
import type { Guard } from "@/lib/http/route";
import { TENANT_ZERO } from "@/lib/ids";
import { type CookieFacts, decodeCookie } from "./auth-options";
import { cookieName } from "./dashboard-cookie";
import { type Developer, findDeveloperBy } from "./developer";

async function findDeveloper(request: HttpRequest): Promise<Developer | null> {
  const token = readCookie(request, cookieName());
  const facts = token ? await decodeCookie(token) : null;
  return findDeveloperBy((facts ?? {}) as Partial<CookieFacts>);
}

/** Requires a developer who is signed in to the dashboard. */
export const developer: Guard<{ developer: Developer }> = async ({ request }) => {
  requireOwnOrigin(request);
  return { developer: (await findDeveloper(request)) ?? failSignedOut() };
};

function failSignedOut(): never {
  fail(401, "unauthorized", "Your dashboard session has expired. Sign in again.");
}

/** Requires a member of the app in the path. An app of other developers is a 404. */
export function member(role: MemberRole): Guard<{ app: App; by: Actor; role: MemberRole; developer: Developer }> {
  return async ({ request, params }) => {
    requireOwnOrigin(request);
    const developer = (await findDeveloper(request)) ?? failSignedOut();
    const appId = params.app_id ?? "";
    if (appId === TENANT_ZERO) failNotFound("The app");
    const has = await requireRole(appId, developer.userId, role);
    return { app: await getApp(appId), by: { type: "developer", id: developer.userId }, role: has, developer };
  };
}
