/**
 * The request listener of the production server. It calls route handlers directly, which is an
 * order of magnitude faster than Next's routing, and passes everything else to Next.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "../env";
import { AppError } from "../errors";
import { missingAppPage } from "../hosted/missing-app";
import { tooLargeError } from "../http/body";
import { clientAddress, EDGE_HEADER, edgeHeader, newRequestId } from "../http/caller";
import { foreignOriginError, isForeignOrigin } from "../http/origin";
import type { PreparedDocument } from "../http/prepared-document";
import { toAppError } from "../http/respond";
import type { Match, Router } from "../http/router";
import { log } from "../log";
import { metrics } from "../metrics";
import { type RequestContext, withRequestContext } from "../request-context";
import { dispatch, isTooLarge, methodNotAllowed, reject } from "./dispatch";
import { IncomingRequest } from "./incoming-request";
import { explainPageProblem } from "./page-problems";
import { replaceAnswer } from "./replace-answer";
import { send, sendPrepared } from "./send";

/** A promise unless the response was sent at once. */
export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/** Node joins repeated headers, except those that must not be a list. */
function header(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === "string" ? value : (value?.[0] ?? null);
}

function callerOf(request: IncomingMessage): RequestContext {
  return {
    requestId: newRequestId(),
    ip: clientAddress(request.socket.remoteAddress ?? null, header(request, "x-forwarded-for")),
    userAgent: header(request, "user-agent"),
  };
}

/**
 * The path and query. The host of an absolute request target (RFC 9112 §3.2.2) is ignored, since it
 * is not trusted.
 */
function targetOf(request: IncomingMessage): string {
  const url = request.url ?? "/";
  if (url.startsWith("/")) return url;
  const { protocol, pathname, search } = new URL(url);
  if (protocol !== "http:" && protocol !== "https:") throw new TypeError(`unsupported request target: ${protocol}`);
  return pathname + search;
}

function pathOf(target: string): string {
  const query = target.indexOf("?");
  return query < 0 ? target : target.slice(0, query);
}

/** POST is for Server Actions. */
const PAGE_METHODS = ["GET", "HEAD", "POST", "OPTIONS"];

/**
 * Requests that neither a handler nor Next should get: unknown API paths, foreign origins, other
 * methods, large bodies.
 */
function rejectionOf(request: IncomingMessage, path: string): AppError | null {
  if (path === "/api" || (path.startsWith("/api/") && !path.startsWith("/api/dashboard/auth/"))) {
    return new AppError(
      404,
      "not_found",
      `No endpoint has this URL. See the API reference at ${env().PUBLIC_URL}/docs/api`,
    );
  }
  const facts = {
    method: request.method ?? "GET",
    secFetchSite: header(request, "sec-fetch-site"),
    origin: header(request, "origin"),
  };
  if (isForeignOrigin(facts, env().PUBLIC_URL)) return foreignOriginError();
  // Next would render the page for any method.
  if (!PAGE_METHODS.includes(facts.method)) return methodNotAllowed(facts.method, PAGE_METHODS);
  if (isTooLarge(header(request, "content-length"))) return tooLargeError();
  return null;
}

const MALFORMED = new AppError(
  400,
  "invalid_request",
  "The URL or the Host header is malformed. Check the percent-encoding.",
);

// RFC 9112 §3.2: an invalid Host is a 400.
const HOST = /^[\w.:[\]-]*$/;

function toLoggedError(error: unknown): AppError {
  log().error({ err: error }, "request failed outside its handler");
  return toAppError(error);
}

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/**
 * The label of metrics. Paths that Next serves share one label, since callers can invent any number
 * of them.
 */
function routeLabel(match: Match | null, path: string): string {
  return match?.route ?? (path.startsWith("/_next/") ? "asset" : path.startsWith("/api/") ? "none" : "page");
}

/** Records the duration once the response has been sent. */
function measure(request: IncomingMessage, response: ServerResponse, started: number, route: string): void {
  const method = METHODS.has(request.method ?? "") ? request.method : "other";
  response.once("close", () => {
    // 499, as in proxies: the client closed the connection before the response.
    const status = response.headersSent ? response.statusCode : 499;
    metrics().requests.observe({ method, route, status }, (performance.now() - started) / 1000);
  });
}

/** A body, which a GET need not have, takes the way on which bodies are limited. */
function preparedFor({ method, headers }: IncomingMessage, { module, params }: Match): PreparedDocument | undefined {
  const hasBody = "content-length" in headers || "transfer-encoding" in headers;
  return method === "GET" && !hasBody ? module.GET?.prepared?.(params) : undefined;
}

export function createListener(router: Router, next: NodeHandler): NodeHandler {
  const { origin, host, protocol } = new URL(env().PUBLIC_URL);

  async function answer(request: IncomingMessage, response: ServerResponse, match: Match, caller: RequestContext) {
    const incoming = new IncomingRequest(request, response, origin + request.url);
    caller.signal = () => incoming.signal;
    let found: Response;
    try {
      found = await dispatch(incoming, match, caller);
    } catch (error) {
      found = reject(toLoggedError(error), caller);
    }
    await send(found, request, response, caller.requestId);
  }

  async function passToNext(request: IncomingMessage, response: ServerResponse, path: string, caller: RequestContext) {
    const error = rejectionOf(request, path);
    const found = error ? reject(error, caller) : await missingAppPage(path);
    if (found) return send(found, request, response, caller.requestId);
    response.setHeader("X-Request-Id", caller.requestId);
    request.headers[EDGE_HEADER] = edgeHeader(caller);
    // Next compares a Server Action's Origin with these. Behind a proxy they may say anything;
    // PUBLIC_URL is what browsers use.
    request.headers.host = host;
    request.headers["x-forwarded-host"] = host;
    request.headers["x-forwarded-proto"] = protocol.slice(0, -1);
    replaceAnswer(request, response, caller.requestId, explainPageProblem(request, caller, path));
    return withRequestContext(caller, () => next(request, response));
  }

  return (request, response) => {
    const started = performance.now();
    const caller = callerOf(request);
    const rejectMalformed = () => send(reject(MALFORMED, caller), request, response, caller.requestId);
    let path: string;
    let match: Match | null;
    try {
      if (!HOST.test(request.headers.host ?? "")) return rejectMalformed();
      request.url = targetOf(request);
      path = pathOf(request.url);
      match = router(path);
    } catch {
      return rejectMalformed();
    }
    measure(request, response, started, routeLabel(match, path));
    const prepared = match && preparedFor(request, match);
    if (prepared) return sendPrepared(prepared, request, response, caller.requestId);
    return match ? answer(request, response, match, caller) : passToNext(request, response, path, caller);
  };
}
