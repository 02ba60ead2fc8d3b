/** Calls a mounted route module: method, 405, HEAD, body limit. */
import { AppError } from "../errors";
import { failTooLarge } from "../http/body";
import { errorResponse } from "../http/respond";
import type { Match, Method, RouteModule } from "../http/router";
import { MAX_BODY_BYTES } from "../input";
import type { RequestContext } from "../request-context";

function allowedMethods(module: RouteModule): string[] {
  const own = (["GET", "POST", "PUT", "PATCH", "DELETE"] as const).filter((method) => module[method]);
  return [...own.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])), "OPTIONS"];
}

/** The answer to an AppError outside of any handler; ./send.ts puts the request id on it, as on every answer. */
export function refuse(error: AppError, caller: RequestContext): Response {
  return errorResponse(error, caller.requestId);
}

function methodNotAllowed(module: RouteModule, method: string, caller: RequestContext): Response {
  const allow = allowedMethods(module).join(", ");
  const description = `${method} is not supported here. Use ${allow}.`;
  return refuse(new AppError(405, "method_not_allowed", description, { headers: { Allow: allow } }), caller); // RFC 9110 §15.5.6
}

/** The handlers under /o refuse it themselves, in the words of their standards. */
function speaksOAuth(request: Request): boolean {
  return new URL(request.url).pathname.startsWith("/o/");
}

function tooLarge(caller: RequestContext): Response {
  try {
    return failTooLarge();
  } catch (error) {
    return refuse(error as AppError, caller);
  }
}

export function isTooLarge(contentLength: string | null | undefined): boolean {
  return Number(contentLength ?? 0) > MAX_BODY_BYTES;
}

export async function dispatch(request: Request, { module, params }: Match, caller: RequestContext): Promise<Response> {
  const method = request.method as Method;
  const handler = module[method] ?? (method === "HEAD" ? module.GET : undefined);
  if (!handler && method === "OPTIONS") {
    return new Response(null, { status: 204, headers: { Allow: allowedMethods(module).join(", ") } });
  }
  if (!handler) return methodNotAllowed(module, method, caller);
  const large = isTooLarge(request.headers.get("content-length"));
  const run = () => handler(request, { params: Promise.resolve(params), caller });
  const response = large && !speaksOAuth(request) ? tooLarge(caller) : await run();
  // Reading the rest of the body only to throw it away would be the larger cost.
  if (large) response.headers.set("Connection", "close");
  return method === "HEAD" ? new Response(null, { status: response.status, headers: response.headers }) : response;
}
