/** Roughly whose network an address is in: what a person keeps while the last numbers of it change from day to day. */
import { ipKey } from "../limits/requester";

/** "192.0" of an IPv4 address (/16), "2001.db8" of an IPv6 address (/32). */
export function networkOf(ip: string | null): string {
  return ipKey(ip).split(/[.:]/).slice(0, 2).join(".");
}
