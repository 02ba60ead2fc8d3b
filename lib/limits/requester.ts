/** The IP address that a rate limit counts a request by. */
import { isIPv6 } from "node:net";
import { plainAddress } from "../ip-address";
import { requestContext } from "../request-context";

/** An IPv4 address, or the /64 network of an IPv6 address, since one subscriber owns all of it. */
export function ipKey(ip: string | null): string {
  if (!ip) return "unknown";
  const plain = plainAddress(ip);
  if (!isIPv6(plain)) return plain;
  // URL normalizes the spelling (RFC 5952). The zone after % belongs to the local network card.
  const address = new URL(`http://[${plain.split("%")[0]}]`).hostname.slice(1, -1);
  const [left = [], right = []] = address.split("::").map((part) => part.split(":").filter(Boolean));
  const groups = [...left, ...Array(8 - left.length - right.length).fill("0"), ...right];
  return `${groups.slice(0, 4).join(":")}::/64`;
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
