/** Calls the route handler of a request: method, 405, HEAD, and the body size limit. */

import { AppError } from "../errors";
import { tooLargeError } from "../http/body";
import type { HttpRequest } from "../http/request";
import { errorResponse } from "../http/respond";
import type { Match, Method, RouteModule } from "../http/router";
import { MAX_BODY_BYTES } from "../input";
import type { RequestContext } from "../request-context";

function allowedMethods(module: RouteModule): string[] {
  const declared = (["GET", "POST", "PUT", "PATCH", "DELETE"] as const).filter((method) => module[method]);
  return [...declared.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])), "OPTIONS"];
}

/** The response to an error outside a handler. send.ts adds X-Request-Id, as to every response. */
export function reject(error: AppError, caller: RequestContext): Response {
  return errorResponse(error, caller.requestId);
}

/** RFC 9110 §15.5.6 */
export function methodNotAllowed(method: string, allowed: string[]): AppError {
  const allow = allowed.join(", ");
  const description = `${method} is not supported here. Use ${allow}.`;
  return new AppError(405, "method_not_allowed", description, { headers: { Allow: allow } });
}

/** The handlers under /o reject a large body with an error of their standard. */
function isOAuthPath(request: HttpRequest): boolean {
  return new URL(request.url).pathname.startsWith("/o/");
}

export function isTooLarge(contentLength: string | null | undefined): boolean {
  return Number(contentLength ?? 0) > MAX_BODY_BYTES;
}

async function adapt(answer: Response | Promise<Response>, method: Method, large: boolean): Promise<Response> {
  const response = await answer;
  // Closing is cheaper than reading the rest of the body.
  if (large) response.headers.set("Connection", "close");
  return method === "HEAD" ? new Response(null, { status: response.status, headers: response.headers }) : response;
}

/** Returns the handler's own promise where it can, since an async function would wrap it in two more. */
export function dispatch(
  request: HttpRequest,
  { module, params }: Match,
  caller: RequestContext,
): Response | Promise<Response> {
  const method = request.method as Method;
  const handler = module[method] ?? (method === "HEAD" ? module.GET : undefined);
  if (!handler && method === "OPTIONS") {
    return new Response(null, { status: 204, headers: { Allow: allowedMethods(module).join(", ") } });
  }
  if (!handler) return reject(methodNotAllowed(method, allowedMethods(module)), caller);
  const large = isTooLarge(request.headers.get("content-length"));
  const answer =
    large && !isOAuthPath(request) ? reject(tooLargeError(), caller) : handler(request, { params, caller });
  return large || method === "HEAD" ? adapt(answer, method, large) : answer;
}
