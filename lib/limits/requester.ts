/** The IP address that a rate limit counts a request by. */
import { isIPv6 } from "node:net";
import { requestContext } from "../request-context";

/** An IPv4 address, or the /64 network of an IPv6 address, since one subscriber owns all of it. */
export function ipKey(ip: string | null): string {
  if (!ip) return "unknown";
  if (!isIPv6(ip)) return ip;
  // URL normalizes the spelling (RFC 5952). The zone after % belongs to the local network card.
  const address = new URL(`http://[${ip.split("%")[0]}]`).hostname.slice(1, -1);
  const [left = [], right = []] = address.split("::").map((part) => part.split(":").filter(Boolean));
  const groups = [...left, ...Array(8 - left.length - right.length).fill("0"), ...right];
  // An IPv4-mapped address (RFC 4291 §2.5.5.2) counts as the IPv4 address.
  const mapped = /^0:0:0:0:0:ffff:(.+):(.+)$/.exec(groups.join(":"));
  if (!mapped) return `${groups.slice(0, 4).join(":")}::/64`;
  return mapped
    .slice(1)
    .map((group) => Number.parseInt(group, 16))
    .map((pair) => `${pair >> 8}.${pair & 255}`)
    .join(".");
}

/** The sender of the request, which may be an app's server. null outside a request (the CLI). */
export function callerKey(): string | null {
  const context = requestContext();
  return context ? ipKey(context.ip) : null;
}

/**
 * The end user: the browser on Foyer's own pages, or the `Foyer-Client-IP` that an app's backend
 * passes. null outside a request, and for an API call without that header: all such calls share one
 * address, so a limit would lock out all users.
 */
export function endUserKey(): string | null {
  const context = requestContext();
  if (!context || (context.isApiCall && !context.userIp)) return null;
  return ipKey(context.userIp ?? context.ip);
}
