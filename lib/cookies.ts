/** Cookies (RFC 6265): names with the prefixes `__Host-` and `__Secure-`, reading and writing. */
import { env } from "./env";

/**
 * `__Host-` keeps other hosts of the domain from setting the cookie. Browsers accept it over https
 * and with `Path=/` only, so the browser sends it with every request.
 */
export function hostCookieName(name: string): string {
  return env().https ? `__Host-${name}` : name;
}

/**
 * A cookie of one app's pages, which the browser sends to them alone. With `Path=/`, the cookies of
 * fifty apps would exceed the header limits of proxies. `__Host-` doesn't allow a path. What it adds
 * is that another host of the domain can't plant a session; the pages make that useless by showing
 * who is signed in, and by binding each sign-in to the browser with a `__Host-` cookie.
 */
export function appCookieName(name: string): string {
  return env().https ? `__Secure-${name}` : name;
}

export function appCookiePath(appId: string): string {
  return `/o/${appId}`;
}

type ReadCookie = (name: string) => string | undefined;

export function cookieReader(request: { headers: { get(name: string): string | null } }): ReadCookie {
  return (name) => readCookie(request, name);
}

export function readCookie(
  request: { headers: { get(name: string): string | null } },
  name: string,
): string | undefined {
  for (const part of (request.headers.get("cookie") ?? "").split(";")) {
    const equals = part.indexOf("=");
    if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim();
  }
  return undefined;
}

interface CookieOptions {
  /** Without it the browser deletes the cookie when it closes. */
  maxAgeSeconds?: number;
  path?: string;
}

/** HttpOnly, SameSite=Lax, for this host only. */
export function writeCookie(name: string, value: string, { maxAgeSeconds, path = "/" }: CookieOptions = {}): string {
  const parts = [`${name}=${value}`, `Path=${path}`, "HttpOnly", "SameSite=Lax"];
  if (env().https) parts.push("Secure");
  if (maxAgeSeconds !== undefined) parts.push(`Max-Age=${maxAgeSeconds}`);
  return parts.join("; ");
}

export function removeCookie(name: string, path = "/"): string {
  return writeCookie(name, "", { maxAgeSeconds: 0, path });
}
