/** Who is calling, as far as the connection and TRUSTED_PROXIES tell. */
import { randomBytes } from "node:crypto";
import { BlockList, isIP, isIPv6 } from "node:net";
import { pooledRandomBytes } from "../crypto/random";
import { env } from "../env";
import { processState } from "../process-state";
import type { RequestContext } from "../request-context";

export function newRequestId(): string {
  return `req_${Buffer.from(pooledRandomBytes(12)).toString("hex")}`;
}

function family(address: string): "ipv4" | "ipv6" {
  return isIPv6(address) ? "ipv6" : "ipv4";
}

/** `::ffff:192.0.2.1` is what a dual-stack socket calls 192.0.2.1. */
function plainAddress(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  return mapped?.[1] ?? address;
}

function trustedProxies(): BlockList {
  return processState("trusted-proxies", () => {
    const list = new BlockList();
    for (const range of env().TRUSTED_PROXIES) {
      const [address = "", bits] = range.split("/");
      if (bits === undefined) list.addAddress(address, family(address));
      else list.addSubnet(address, Number(bits), family(address));
    }
    return list;
  });
}

/**
 * The caller's address: the socket's, or, when that is a trusted proxy, the right-most address of X-Forwarded-For that is not
 * one. Read from the right, since everything further left was written by the caller.
 */
export function clientAddress(peer: string | null, forwardedFor: string | null): string | null {
  if (!peer) return null;
  let address = plainAddress(peer);
  if (env().TRUSTED_PROXIES.length === 0) return address;
  const hops = (forwardedFor ?? "").split(",").map((hop) => plainAddress(hop.trim()));
  while (trustedProxies().check(address, family(address))) {
    const next = hops.pop();
    if (!next || !isIP(next)) break;
    address = next;
  }
  return address;
}

/**
 * How server.ts hands what it knows to Next's side of the process: a header that only this process can write, since it starts with
 * a value drawn at start.
 */
export const EDGE_HEADER = "x-foyer-edge";
const edgeToken = processState("edge-token", () => randomBytes(16).toString("hex"));

export function edgeHeader(context: RequestContext): string {
  return `${edgeToken} ${context.requestId} ${context.ip ?? "-"}`;
}

/** What is known of a request: from server.ts, or, under `next start` alone, what can be told without the socket. */
export function contextOf(headers: Headers): RequestContext {
  const userAgent = headers.get("user-agent");
  const [token, requestId, ip] = (headers.get(EDGE_HEADER) ?? "").split(" ");
  if (token === edgeToken && requestId && ip) return { requestId, ip: ip === "-" ? null : ip, userAgent };
  // Next appends the socket's address to X-Forwarded-For itself, so the last hop is the peer.
  const hops = (headers.get("x-forwarded-for") ?? "").split(",");
  const peer = hops.pop()?.trim() ?? "";
  return { requestId: newRequestId(), ip: isIP(peer) ? clientAddress(peer, hops.join(",")) : null, userAgent };
}
