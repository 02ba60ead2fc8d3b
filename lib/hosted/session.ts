/** The session of a browser on an App's hosted pages: found, started and ended by its cookie. */

import type { App } from "../apps/apps";
import { appCookiePath, cookieReader, readCookie, removeCookie, writeCookie } from "../cookies";
import type { HttpRequest } from "../http/request";
import {
  earlierSessionCookieName,
  findHostedSession,
  type HostedSession,
  readSessionCookie,
  sessionCookieName,
  writeSessionCookie,
} from "../sessions/cookie";
import { replaceSession } from "../sessions/replace-browser-session";
import { revokeSession } from "../sessions/revoke";
import type { BrowserSignIn } from "../signin/complete";

interface BrowserRequest {
  app: App;
  request: HttpRequest;
}

export function sessionCookieOf({ app, request }: BrowserRequest): string | undefined {
  return readSessionCookie(app.id, cookieReader(request));
}

export function findSession(request: HttpRequest, app: App): Promise<HostedSession | null> {
  return findHostedSession(app.id, sessionCookieOf({ app, request }));
}

/** Also the cookie of version 0.1, if this browser still has one. */
function removeEarlierCookie(request: HttpRequest, app: App): string[] {
  const name = earlierSessionCookieName(app.id);
  return readCookie(request, name) === undefined ? [] : [removeCookie(name)];
}

/**
 * Each sign-in sets a new cookie, so that a cookie planted beforehand is useless (session
 * fixation). It revokes the session that this browser had: `before`, where the request has no cookie
 * of the app's pages.
 */
export async function startSession(
  request: HttpRequest,
  app: App,
  signIn: BrowserSignIn,
  before?: { id: string; userId: string },
): Promise<{ cookies: string[]; value: string }> {
  const replaced = (await findSession(request, app)) ?? before;
  if (replaced) await replaceSession(app.id, replaced, signIn);
  return renewCookie(request, app, signIn);
}

/** The cookie of a session whose secret is new. */
export function renewCookie(
  request: HttpRequest,
  app: App,
  signIn: BrowserSignIn,
): { cookies: string[]; value: string } {
  const value = writeSessionCookie(signIn.sessionId, signIn.cookieSecret);
  const options = { maxAgeSeconds: app.settings.session_ttl_seconds, path: appCookiePath(app.id) };
  const cookie = writeCookie(sessionCookieName(app.id), value, options);
  return { value, cookies: [cookie, ...removeEarlierCookie(request, app)] };
}

/** Signs the browser out. → the Set-Cookie headers */
export async function endSession(request: HttpRequest, app: App, session: HostedSession | null): Promise<string[]> {
  if (session)
    await revokeSession(app.id, { sessionId: session.id, reason: "logout", by: { type: "user", id: session.userId } });
  return removeSessionCookies(request, app);
}

export function removeSessionCookies(request: HttpRequest, app: App): string[] {
  const cookie = removeCookie(sessionCookieName(app.id), appCookiePath(app.id));
  return [cookie, ...removeEarlierCookie(request, app)];
}
