/**
 * The cookie that binds interactions, social sign-ins and emailed links to the browser that opened
 * them (RFC 9700 §4.7).
 */

import { readCookie, removeCookie, writeCookie } from "../cookies";
import type { HttpRequest } from "../http/request";
import {
  BROWSER_COOKIE_SECONDS,
  browserCookieName,
  earlierBrowserCookieName,
  newBrowserSecret,
} from "../oauth/authorize/interaction";

const SECRET = /^[\w-]{43}$/;

export interface BoundBrowser {
  secret: string;
  /** The Set-Cookie headers that the response must carry. */
  cookies: string[];
}

/** A browser keeps its secret, so that what it started in another tab continues to work. */
export function bindBrowser(request: HttpRequest, appId: string): BoundBrowser {
  const earlierName = earlierBrowserCookieName(appId);
  const earlier = readCookie(request, earlierName);
  const known = [readCookie(request, browserCookieName()), earlier].find((value) => value && SECRET.test(value));
  const secret = known ?? newBrowserSecret();
  const cookies = [writeCookie(browserCookieName(), secret, { maxAgeSeconds: BROWSER_COOKIE_SECONDS })];
  if (earlier !== undefined) cookies.push(removeCookie(earlierName));
  return { secret, cookies };
}
