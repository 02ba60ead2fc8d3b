/**
 * Requests to addresses that somebody typed (issuers, provider endpoints, logos, webhooks). Nothing inside our own network can be reached:
 * the address is judged after its name was resolved, and the connection goes to that very address, so that a name that changes its mind
 * (DNS rebinding) gains nothing. No redirects, no keep-alive, a limit on time and size.
 */
import { lookup } from "node:dns";
import { request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { env } from "./env";

const SECONDS = 10;
const MAX_BYTES = 1024 * 1024;

export type OutboundReason = "blocked_address" | "unreachable" | "timeout" | "too_large";

const BRAND = Symbol.for("foyer/OutboundError");

/** Why there is no answer. `host` is the name that was asked for. */
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

/** Whether an address is one that the whole world may reach, or loopback where that is opened for development. */
export function mayConnect(address: string, allowLoopback = env().allowLoopback): boolean {
  const range = rangeOf(address);
  return range === "unicast" || (range === "loopback" && allowLoopback);
}

/** `loopback`, `private`, `linkLocal`, … An IPv4 address inside an IPv6 one is judged as what it is. */
function rangeOf(address: string): string {
  return ipaddr.process(address).range();
}

function blocked(host: string, why: string): OutboundError {
  return new OutboundError("blocked_address", host, `${host} ${why}`);
}

/** The error that forbids the connection, or null. http is for loopback: elsewhere it would carry secrets in the open. */
function problemOf(url: URL, address: string): OutboundError | null {
  if (!mayConnect(address)) return blocked(url.hostname, "is an address of a private or special network");
  if (url.protocol === "http:" && rangeOf(address) !== "loopback")
    return blocked(url.hostname, "must be called by https");
  return null;
}

/** Resolves a name for the connection that is about to be made; one bad address among them is enough to refuse. */
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

/** The address of a URL whose host is one, brackets removed. */
function literalAddress(url: URL): string | null {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return isIP(host) ? host : null;
}

function checkedUrl(address: string | URL): URL {
  const url = new URL(address);
  if (url.protocol !== "https:" && url.protocol !== "http:") throw blocked(url.host, "must be an https address");
  if (url.username || url.password) throw blocked(url.host, "must hold no user or password");
  const literal = literalAddress(url);
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

const WITHOUT_BODY = new Set([204, 205, 304]);

function toResponse(message: IncomingMessage, body: Buffer<ArrayBuffer>): Response {
  const headers = new Headers();
  for (let index = 0; index + 1 < message.rawHeaders.length; index += 2)
    headers.append(message.rawHeaders[index] ?? "", message.rawHeaders[index + 1] ?? "");
  const status = message.statusCode ?? 500;
  return new Response(WITHOUT_BODY.has(status) ? null : body, { status, headers });
}

export interface OutboundRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array | URLSearchParams | null;
  /** Aborts earlier than the limit does: the deadline of what the request is a part of. */
  signal?: AbortSignal;
  maxBytes?: number;
}

function send(url: URL, options: OutboundRequest, signal: AbortSignal): Promise<IncomingMessage> {
  const { method = "GET", headers, body } = options;
  const open = url.protocol === "https:" ? httpsRequest : httpRequest;
  const settings: RequestOptions = { method, headers, signal, agent: false, lookup: checkedLookup(url) };
  return new Promise((resolve, reject) => {
    const request = open(url, settings, resolve);
    request.on("error", reject);
    request.end(body instanceof URLSearchParams ? body.toString() : (body ?? undefined));
  });
}

/**
 * One request, its body read whole. Redirects come back as the answers they are.
 * @throws OutboundError
 */
export async function outboundFetch(address: string | URL, options: OutboundRequest = {}): Promise<Response> {
  const url = checkedUrl(address);
  const limit = AbortSignal.timeout(SECONDS * 1000);
  const signal = options.signal ? AbortSignal.any([limit, options.signal]) : limit;
  let message: IncomingMessage | undefined;
  try {
    message = await send(url, options, signal);
    return toResponse(message, await readBody(message, url, options.maxBytes ?? MAX_BYTES));
  } catch (error) {
    if (isOutboundError(error)) throw error;
    if (signal.aborted)
      throw new OutboundError("timeout", url.hostname, `${url.hostname} did not answer in time`, error);
    throw new OutboundError("unreachable", url.hostname, `${url.hostname} could not be reached`, error);
  } finally {
    // Whatever was not read is not wanted.
    message?.destroy();
  }
}
