/** Cookies (RFC 6265): their names with the `__Host-` prefix, reading and writing. */
import { env } from "./env";

/**
 * `__Host-` keeps other hosts of the domain from setting the cookie. Browsers accept it over https
 * only.
 */
export function hostCookieName(name: string): string {
  return env().https ? `__Host-${name}` : name;
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

/**
 * HttpOnly, SameSite=Lax, for this host only. Without `maxAgeSeconds` the browser deletes it when
 * it closes.
 */
export function writeCookie(name: string, value: string, maxAgeSeconds?: number): string {
  const parts = [`${name}=${value}`, "Path=/", "HttpOnly", "SameSite=Lax"];
  if (env().https) parts.push("Secure");
  if (maxAgeSeconds !== undefined) parts.push(`Max-Age=${maxAgeSeconds}`);
  return parts.join("; ");
}

export function removeCookie(name: string): string {
  return writeCookie(name, "", 0);
}
