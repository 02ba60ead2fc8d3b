/**
 * The request listener of the production server: route handlers are mounted straight on node:http (an order of magnitude faster than
 * through Next's routing), everything else is Next's.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { env } from "../env";
import { AppError } from "../errors";
import { clientAddress, EDGE_HEADER, edgeHeader, newRequestId } from "../http/caller";
import { isForeign } from "../http/origin";
import type { Match, Router } from "../http/router";
import type { RequestContext } from "../request-context";
import { dispatch, isTooLarge, refuse } from "./dispatch";

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

function pathOf(request: IncomingMessage): string {
  const url = request.url ?? "/";
  // An absolute request target (RFC 9112 §3.2.2) names a host, which we never believe; only its path counts.
  const path = url.startsWith("/") ? url : new URL(url).pathname;
  const query = path.indexOf("?");
  return query < 0 ? path : path.slice(0, query);
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
  if (isForeign(facts, env().PUBLIC_URL)) {
    return new AppError(
      403,
      "foreign_origin",
      "This form may only be sent from Foyer's own pages. Open the page again and retry.",
    );
  }
  if (isTooLarge(header(request, "content-length")))
    return new AppError(413, "payload_too_large", "The body is too large. Send less.");
  return null;
}

const BAD_TARGET = new AppError(
  400,
  "invalid_request",
  "The address of the request is malformed. Check its percent-encoding.",
);

type Job = { match: Match; caller: RequestContext } | { error: AppError; caller: RequestContext };

export function createListener(router: Router, next: NodeHandler): NodeHandler {
  const jobs = new WeakMap<IncomingMessage, Job>();
  const answer = getRequestListener(
    (request, { incoming }) => {
      const job = jobs.get(incoming as IncomingMessage) as Job;
      return "match" in job ? dispatch(request, job.match, job.caller) : refuse(job.error, job.caller);
    },
    // The global Request and Response stay what Next and the handlers expect.
    { overrideGlobalObjects: false, hostname: new URL(env().PUBLIC_URL).host },
  );
  const run = (request: IncomingMessage, response: ServerResponse, job: Job) => {
    jobs.set(request, job);
    return answer(request, response) as Promise<void>;
  };

  return async (request, response) => {
    const caller = callerOf(request);
    let path: string;
    let match: Match | null;
    try {
      path = pathOf(request);
      match = router(path);
    } catch {
      return run(request, response, { error: BAD_TARGET, caller });
    }
    if (match) return run(request, response, { match, caller });
    const error = refusal(request, path);
    if (error) return run(request, response, { error, caller });
    request.headers[EDGE_HEADER] = edgeHeader(caller);
    response.setHeader("X-Request-Id", caller.requestId);
    return next(request, response);
  };
}
