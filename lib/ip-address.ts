/** IP addresses as proxies and sockets write them, in one spelling. */
import { isIP, isIPv6 } from "node:net";

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * An IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2) as the IPv4 address; a dual-stack socket reports
 * 192.0.2.1 as `::ffff:192.0.2.1`. Every other address is unchanged.
 */
export function plainAddress(address: string): string {
  const [, dotted] = MAPPED.exec(address) ?? [];
  if (dotted) return dotted;
  if (!/^[0:]+:ffff:/i.test(address) || !isIPv6(address)) return address;
  // URL normalizes the spelling (RFC 5952).
  const [, high, low] = /^\[::ffff:([\da-f]+):([\da-f]+)\]$/.exec(new URL(`http://[${address}]`).hostname) ?? [];
  if (!high || !low) return address;
  return [high, low].flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]).join(".");
}

const BRACKETED = /^\[([^\]]+)\](?::\d{1,5})?$/;
const WITH_PORT = /^([\d.]+):\d{1,5}$/;

/**
 * The address in a hop of X-Forwarded-For, where some proxies add a port: `203.0.113.7:55123`,
 * `[2001:db8::1]:443`. null for anything else.
 */
export function parseAddress(hop: string): string | null {
  const text = hop.trim();
  const address = BRACKETED.exec(text)?.[1] ?? WITH_PORT.exec(text)?.[1] ?? text;
  return isIP(address) ? plainAddress(address) : null;
}
