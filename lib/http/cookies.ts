/** Reading and writing cookies (RFC 6265) of the hosted pages. */
import { env } from "../env";

export function readCookie(request: Request, name: string): string | undefined {
  for (const part of (request.headers.get("cookie") ?? "").split(";")) {
    const equals = part.indexOf("=");
    if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim();
  }
  return undefined;
}

/** HttpOnly, Lax, host-only; without `maxAgeSeconds` it ends with the browser. */
export function writeCookie(name: string, value: string, maxAgeSeconds?: number): string {
  const parts = [`${name}=${value}`, "Path=/", "HttpOnly", "SameSite=Lax"];
  if (env().https) parts.push("Secure");
  if (maxAgeSeconds !== undefined) parts.push(`Max-Age=${maxAgeSeconds}`);
  return parts.join("; ");
}

export function removeCookie(name: string): string {
  return writeCookie(name, "", 0);
}
