/**
 * Outbound requests to URLs from user input, such as issuers and provider endpoints, with
 * protection against SSRF. The check runs on the resolved IP address, and the connection goes to
 * that same address, so DNS rebinding has no effect. Redirects aren't followed; time and size are
 * limited.
 */
import { lookup } from "node:dns";
import { request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { env } from "./env";

const TIMEOUT_SECONDS = 10;
const MAX_BYTES = 1024 * 1024;

export type OutboundReason = "blocked_address" | "unreachable" | "timeout" | "too_large";

const BRAND = Symbol.for("foyer/OutboundError");

/** A request that failed or was blocked. `host` is the requested host name. */
export class OutboundError extends Error {
  readonly [BRAND] = true;
  constructor(
    readonly reason: OutboundReason,
    readonly host: string,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = "OutboundError";
  }
}

export function isOutboundError(error: unknown): error is OutboundError {
  return typeof error === "object" && error !== null && BRAND in error;
}

/** Whether an IP address is public, or loopback if that is allowed for development. */
export function mayConnect(address: string, allowLoopback = env().allowLoopback): boolean {
  const range = rangeOf(address);
  return range === "unicast" || (range === "loopback" && allowLoopback);
}

/** All that is assigned of IPv6 (RFC 4291 §2.4). Elsewhere are addresses that contain an IPv4 address. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * `unicast`, `loopback`, `private`, … An IPv4-mapped IPv6 address has the range of its IPv4
 * address.
 */
function rangeOf(address: string): string {
  const parsed = ipaddr.process(address);
  const range = parsed.range();
  const isUnassigned = range === "unicast" && parsed instanceof ipaddr.IPv6 && !parsed.match(GLOBAL_IPV6);
  return isUnassigned ? "unassigned" : range;
}

function blockedAddress(host: string, why: string): OutboundError {
  return new OutboundError("blocked_address", host, `${host} ${why}`);
}

/**
 * Returns the error that blocks the connection, or null. Only loopback may be called without TLS.
 */
function problemOf(url: URL, address: string): OutboundError | null {
  if (!mayConnect(address)) return blockedAddress(url.hostname, "is in a private or reserved network");
  if (url.protocol === "http:" && rangeOf(address) !== "loopback")
    return blockedAddress(url.hostname, "must be called with https");
  return null;
}

/**
 * The DNS lookup of the connection itself. One blocked address among the results blocks the
 * request.
 */
function checkedLookup(url: URL): LookupFunction {
  return (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, "");
      for (const { address } of addresses) {
        const problem = problemOf(url, address);
        if (problem) return done(problem, "");
      }
      const [first] = addresses;
      if (options.all) return done(null, addresses);
      return done(null, first?.address ?? "", first?.family);
    });
  };
}

/** The IP address in a URL without a host name, without brackets. */
function literalAddress(url: URL): string | null {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return isIP(host) ? host : null;
}

function checkedUrl(address: string | URL, isTrusted = false): URL {
  const url = new URL(address);
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw blockedAddress(url.host, "must be called with https");
  if (url.username || url.password) throw blockedAddress(url.host, "must have no user name or password in its URL");
  const literal = isTrusted ? null : literalAddress(url);
  const problem = literal && problemOf(url, literal);
  if (problem) throw problem;
  return url;
}

async function readBody(message: IncomingMessage, url: URL, maxBytes: number): Promise<Buffer<ArrayBuffer>> {
  const tooLarge = () =>
    new OutboundError("too_large", url.hostname, `${url.hostname} sent more than ${maxBytes} bytes`);
  if (Number(message.headers["content-length"] ?? 0) > maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    size += (chunk as Buffer).length;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks) as Buffer<ArrayBuffer>;
}

const STATUSES_WITHOUT_BODY = new Set([204, 205, 304]);

function toResponse(message: IncomingMessage, body: Buffer<ArrayBuffer>): Response {
  const headers = new Headers();
  for (let index = 0; index + 1 < message.rawHeaders.length; index += 2)
    headers.append(message.rawHeaders[index] ?? "", message.rawHeaders[index + 1] ?? "");
  const status = message.statusCode ?? 500;
  return new Response(STATUSES_WITHOUT_BODY.has(status) ? null : body, { status, headers });
}

export interface OutboundRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array | URLSearchParams | null;
  /** The deadline of the whole operation, if it is earlier than the timeout. */
  signal?: AbortSignal;
  maxBytes?: number;
  /** The operator configured the URL, so it may be internal. */
  isTrusted?: boolean;
}

function send(url: URL, options: OutboundRequest, signal: AbortSignal): Promise<IncomingMessage> {
  const { method = "GET", headers, body, isTrusted } = options;
  const open = url.protocol === "https:" ? httpsRequest : httpRequest;
  const settings: RequestOptions = { method, headers, signal, agent: false };
  if (!isTrusted) settings.lookup = checkedLookup(url);
  return new Promise((resolve, reject) => {
    const request = open(url, settings, resolve);
    request.on("error", reject);
    request.end(body instanceof URLSearchParams ? body.toString() : (body ?? undefined));
  });
}

/**
 * Sends one request and reads the whole response. A redirect is returned as a response.
 * @throws OutboundError
 */
export async function outboundFetch(address: string | URL, options: OutboundRequest = {}): Promise<Response> {
  const url = checkedUrl(address, options.isTrusted);
  const limit = AbortSignal.timeout(TIMEOUT_SECONDS * 1000);
  const signal = options.signal ? AbortSignal.any([limit, options.signal]) : limit;
  let message: IncomingMessage | undefined;
  try {
    message = await send(url, options, signal);
    return toResponse(message, await readBody(message, url, options.maxBytes ?? MAX_BYTES));
  } catch (error) {
    if (isOutboundError(error)) throw error;
    if (signal.aborted)
      throw new OutboundError("timeout", url.hostname, `${url.hostname} did not respond in time`, error);
    throw new OutboundError("unreachable", url.hostname, `${url.hostname} could not be reached`, error);
  } finally {
    // Closes the connection of a response that was not read to its end.
    message?.destroy();
  }
}
