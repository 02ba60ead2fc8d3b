/**
 * The approximate network of an IP address, which stays the same while a user's address changes
 * from day to day.
 */
import { ipKey } from "../limits/requester";

/** "192.0" for an IPv4 address (/16), "2001.db8" for an IPv6 address (/32). */
export function networkOf(ip: string | null): string {
  return ipKey(ip).split(/[.:]/).slice(0, 2).join(".");
}
