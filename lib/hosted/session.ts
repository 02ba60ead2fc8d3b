/** The session of a browser on an App's hosted pages: found, started and ended by its cookie. */

import type { App } from "../apps/apps";
import { readCookie, removeCookie, writeCookie } from "../cookies";
import type { HttpRequest } from "../http/request";
import { findHostedSession, type HostedSession, sessionCookieName, writeSessionCookie } from "../sessions/cookie";
import { replaceSession } from "../sessions/replace-browser-session";
import { revokeSession } from "../sessions/revoke";
import type { BrowserSignIn } from "../signin/complete";

interface BrowserRequest {
  app: App;
  request: HttpRequest;
}

export function sessionCookieOf({ app, request }: BrowserRequest): string | undefined {
  return readCookie(request, sessionCookieName(app.id));
}

export function findSession(request: HttpRequest, app: App): Promise<HostedSession | null> {
  return findHostedSession(app.id, sessionCookieOf({ app, request }));
}

/**
 * Each sign-in sets a new cookie, so that a cookie planted beforehand is useless (session
 * fixation). It revokes the session that this browser had.
 */
export async function startSession(
  request: HttpRequest,
  app: App,
  signIn: BrowserSignIn,
): Promise<{ cookie: string; value: string }> {
  const before = await findSession(request, app);
  if (before) await replaceSession(app.id, before, signIn);
  const value = writeSessionCookie(signIn.sessionId, signIn.cookieSecret);
  return { value, cookie: writeCookie(sessionCookieName(app.id), value, app.settings.session_ttl_seconds) };
}

/** Signs the browser out. → the Set-Cookie header */
export async function endSession(app: App, session: HostedSession | null): Promise<string> {
  if (session)
    await revokeSession(app.id, { sessionId: session.id, reason: "logout", by: { type: "user", id: session.userId } });
  return removeSessionCookie(app);
}

export function removeSessionCookie(app: App): string {
  return removeCookie(sessionCookieName(app.id));
}
