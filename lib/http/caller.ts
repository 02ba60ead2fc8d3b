/**
 * The caller of a request: its IP address, through trusted proxies (X-Forwarded-For), and a new
 * request ID.
 */

import { randomBytes } from "node:crypto";
import { BlockList, isIP, isIPv6 } from "node:net";
import { pooledRandomBytes } from "../crypto/random";
import { env } from "../env";
import { parseAddress, plainAddress } from "../ip-address";
import { processState } from "../process-state";
import type { RequestContext } from "../request-context";
import type { RequestHeaders } from "./request";
import { reportUnreadableHop } from "./unreadable-hop";

export function newRequestId(): string {
  return `req_${Buffer.from(pooledRandomBytes(12)).toString("hex")}`;
}

function family(address: string): "ipv4" | "ipv6" {
  return isIPv6(address) ? "ipv6" : "ipv4";
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
 * The socket's IP address, or, if it is a trusted proxy's, the rightmost address in X-Forwarded-For
 * that is not a trusted proxy's. The caller can write anything further left.
 */
export function clientAddress(peer: string | null, forwardedFor: string | null): string | null {
  if (!peer) return null;
  let address = plainAddress(peer);
  if (env().TRUSTED_PROXIES.length === 0) return address;
  const hops = (forwardedFor ?? "").split(",");
  while (trustedProxies().check(address, family(address))) {
    const hop = hops.pop()?.trim();
    if (!hop) break;
    const next = parseAddress(hop);
    if (!next) {
      reportUnreadableHop(hop, address);
      break;
    }
    address = next;
  }
  return address;
}

/**
 * The header in which server.ts passes the caller to Next. Callers cannot forge it, since it starts
 * with a random value that each process draws at its start.
 */
export const EDGE_HEADER = "x-foyer-edge";
const edgeToken = processState("edge-token", () => randomBytes(16).toString("hex"));

export function edgeHeader(context: RequestContext): string {
  return `${edgeToken} ${context.requestId} ${context.ip ?? "-"}`;
}

/** The caller as server.ts passed it on, or, under `next start` alone, as the headers tell it. */
export function contextOf(headers: RequestHeaders): RequestContext {
  const userAgent = headers.get("user-agent");
  const [token, requestId, ip] = (headers.get(EDGE_HEADER) ?? "").split(" ");
  if (token === edgeToken && requestId && ip) return { requestId, ip: ip === "-" ? null : ip, userAgent };
  // Next appends the socket's address to X-Forwarded-For, so the last hop is the peer.
  const hops = (headers.get("x-forwarded-for") ?? "").split(",");
  const peer = hops.pop()?.trim() ?? "";
  return { requestId: newRequestId(), ip: isIP(peer) ? clientAddress(peer, hops.join(",")) : null, userAgent };
}
