/**
 * A cookie per App that binds interactions and social sign-ins to the browser that started them
 * (RFC 9700 §4.7).
 */

import { readCookie, writeCookie } from "../cookies";
import type { HttpRequest } from "../http/request";
import { browserCookieName, newBrowserSecret } from "../oauth/authorize/interaction";

export interface BoundBrowser {
  secret: string;
  /** The Set-Cookie header that the response must carry. */
  cookie: string;
}

/** A browser keeps its secret, so that what it started in another tab continues to work. */
export function bindBrowser(request: HttpRequest, appId: string): BoundBrowser {
  const name = browserCookieName(appId);
  const known = readCookie(request, name);
  const secret = known && /^[\w-]{43}$/.test(known) ? known : newBrowserSecret();
  return { secret, cookie: writeCookie(name, secret) };
}
