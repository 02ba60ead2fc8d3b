/**
 * The request listener of the production server: route handlers are mounted straight on node:http (an order of magnitude faster than
 * through Next's routing), everything else is Next's.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "../env";
import { AppError } from "../errors";
import { missingAppPage } from "../hosted/missing-app";
import { clientAddress, EDGE_HEADER, edgeHeader, newRequestId } from "../http/caller";
import { foreignOriginError, isForeignOrigin } from "../http/origin";
import { toAppError } from "../http/respond";
import type { Match, Router } from "../http/router";
import { log } from "../log";
import { metrics } from "../metrics";
import type { RequestContext } from "../request-context";
import { dispatch, isTooLarge, refuse } from "./dispatch";
import { incomingRequest } from "./incoming-request";
import { send } from "./send";

export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A single header's value; Node joins repeated ones, except where a list makes no sense. */
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

/** An absolute request target (RFC 9112 §3.2.2) names a host, which we never believe; only what follows it counts. */
function targetOf(request: IncomingMessage): string {
  const url = request.url ?? "/";
  if (url.startsWith("/")) return url;
  const { protocol, pathname, search } = new URL(url);
  if (protocol !== "http:" && protocol !== "https:") throw new TypeError(`no target of ours: ${protocol}`);
  return pathname + search;
}

function pathOf(target: string): string {
  const query = target.indexOf("?");
  return query < 0 ? target : target.slice(0, query);
}

/** What is answered before any handler is asked: nothing found, or not to be let in. */
function refusal(request: IncomingMessage, path: string): AppError | null {
  if (path === "/api" || (path.startsWith("/api/") && !path.startsWith("/api/dashboard/auth/"))) {
    return new AppError(
      404,
      "not_found",
      "There is nothing at this address. See the README for the list of endpoints.",
    );
  }
  const facts = {
    method: request.method ?? "GET",
    secFetchSite: header(request, "sec-fetch-site"),
    origin: header(request, "origin"),
  };
  if (isForeignOrigin(facts, env().PUBLIC_URL)) return foreignOriginError();
  if (isTooLarge(header(request, "content-length")))
    return new AppError(413, "payload_too_large", "The body is too large. Send less.");
  return null;
}

const MALFORMED = new AppError(
  400,
  "invalid_request",
  "The address or the Host header of the request is malformed. Check the percent-encoding.",
);

// RFC 9112 §3.2: an invalid one is answered with 400.
const HOST = /^[\w.:[\]-]*$/;

function failure(error: unknown): AppError {
  log().error({ err: error }, "request failed outside of its handler");
  return toAppError(error);
}

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** What Next answers is not told apart: its addresses are anybody's to invent. */
function routeOf(match: Match | null, path: string): string {
  return match?.route ?? (path.startsWith("/_next/") ? "asset" : path.startsWith("/api/") ? "none" : "page");
}

/** Notes how long the answer took, when it has been given. */
function measure(request: IncomingMessage, response: ServerResponse, started: number, route: string): void {
  const method = METHODS.has(request.method ?? "") ? request.method : "other";
  response.once("close", () => {
    // As proxies write it: whoever asked did not wait for the answer.
    const status = response.headersSent ? response.statusCode : 499;
    metrics().requests.observe({ method, route, status }, (performance.now() - started) / 1000);
  });
}

export function createListener(router: Router, next: NodeHandler): NodeHandler {
  const { origin, host, protocol } = new URL(env().PUBLIC_URL);

  return async (request, response) => {
    const started = performance.now();
    const caller = callerOf(request);
    const answer = (given: Response) => send(given, request, response, caller.requestId);
    let path: string;
    let match: Match | null;
    try {
      if (!HOST.test(request.headers.host ?? "")) return answer(refuse(MALFORMED, caller));
      request.url = targetOf(request);
      path = pathOf(request.url);
      match = router(path);
    } catch {
      return answer(refuse(MALFORMED, caller));
    }
    measure(request, response, started, routeOf(match, path));
    if (match) {
      const asked = incomingRequest(request, response, origin, request.url);
      return answer(await dispatch(asked, match, caller).catch((error) => refuse(failure(error), caller)));
    }
    const error = refusal(request, path);
    if (error) return answer(refuse(error, caller));
    const missing = await missingAppPage(path);
    if (missing) return answer(missing);
    response.setHeader("X-Request-Id", caller.requestId);
    request.headers[EDGE_HEADER] = edgeHeader(caller);
    // Next compares a Server Action's Origin with these. Behind a proxy they may say anything; PUBLIC_URL is what browsers use.
    request.headers.host = host;
    request.headers["x-forwarded-host"] = host;
    request.headers["x-forwarded-proto"] = protocol.slice(0, -1);
    return next(request, response);
  };
}
