/** Knows a browser again, by a cookie per App, so that what one browser began no other one goes on with (RFC 9700 §4.7). */

import { readCookie, writeCookie } from "../cookies";
import { browserCookieName, newBrowserSecret } from "../oauth/authorize/interaction";

export interface KnownBrowser {
  secret: string;
  /** To be set with whatever was bound to the secret. */
  cookie: string;
}

/** The secret of a browser that comes back stays, so that what it began in another tab goes on. */
export function knowBrowser(request: Request, appId: string): KnownBrowser {
  const name = browserCookieName(appId);
  const known = readCookie(request, name);
  const secret = known && /^[\w-]{43}$/.test(known) ? known : newBrowserSecret();
  return { secret, cookie: writeCookie(name, secret) };
}
