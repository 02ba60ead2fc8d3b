/** The cookie of a browser that skips the second factor, for one app's pages. */
import type { App } from "../apps/apps";
import { appCookieName, appCookiePath, readCookie, writeCookie } from "../cookies";
import { isRememberedDevice, rememberDevice } from "../factors/remembered-devices";
import type { HttpRequest } from "../http/request";
import { shortAppId, TENANT_ZERO } from "../ids";
import type { SigningInBrowser } from "../signin/complete";

/**
 * Where the browser sends the cookie: to the app's pages, and to the return from a sign-in provider.
 * The dashboard has only one.
 */
function pathsOf(appId: string): string[] {
  return appId === TENANT_ZERO ? ["/"] : ["/api/auth/callback", appCookiePath(appId)];
}

export function deviceCookieName(appId: string): string {
  return appCookieName(`foyer-device-${shortAppId(appId)}`);
}

/** Whether this browser may skip the second factor. */
export function remembered(request: HttpRequest): NonNullable<SigningInBrowser["isRemembered"]> {
  return (tx, app, userId) => isRememberedDevice(tx, app, userId, readCookie(request, deviceCookieName(app.id)));
}

/** Sets the cookie, after a second factor whose user chose that. */
export async function rememberBrowser(app: App, userId: string, response: Response): Promise<Response> {
  const device = await rememberDevice(app, userId);
  if (!device) return response;
  const { value, maxAgeSeconds } = device;
  for (const path of pathsOf(app.id)) {
    const cookie = writeCookie(deviceCookieName(app.id), value, { maxAgeSeconds, path });
    response.headers.append("Set-Cookie", cookie);
  }
  return response;
}
