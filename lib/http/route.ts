/**
 * A route handler: guard, schema, verb. Turns whatever happens into the contract's answers. A handler is a plain
 * `Request → Response` function, mounted by server.ts or called by Next, and uses nothing of either.
 */
import type { z } from "zod";
import { parseInput } from "../input";
import { type RequestContext, withRequestContext } from "../request-context";
import { readJson } from "./body";
import { contextOf } from "./caller";
import { errorResponse, json, logError, NO_STORE, toAppError } from "./respond";

/** What server.ts or Next passes beside the request; `caller` only the former. */
export interface HandlerContext {
  params: Promise<Record<string, string | string[]>>;
  caller?: RequestContext;
}

export type Handler = (request: Request, context: HandlerContext) => Promise<Response>;

/** What a guard sees; it answers with what it found (the App, the key) or throws. */
export interface GuardInput {
  request: Request;
  params: Record<string, string>;
  caller: RequestContext;
}

export type Guard<Found> = (input: GuardInput) => Promise<Found>;

interface RouteOptions<Found extends object, Body extends z.ZodType> {
  guard: Guard<Found>;
  body?: Body;
  /** Status of success; 204 sends no body. */
  status?: number;
  /** Cache-Control of success; `no-store` unless said. */
  cacheControl?: string;
  run: (input: Found & { body: z.output<Body>; request: Request; caller: RequestContext }) => Promise<unknown>;
}

async function answer<Found extends object, Body extends z.ZodType>(
  options: RouteOptions<Found, Body>,
  input: GuardInput,
): Promise<Response> {
  const found = await options.guard(input);
  const body = (options.body ? parseInput(options.body, await readJson(input.request)) : undefined) as z.output<Body>;
  const result = await options.run({ ...found, body, request: input.request, caller: input.caller });
  if (result instanceof Response) return result;
  const headers = options.cacheControl ? { "Cache-Control": options.cacheControl } : NO_STORE;
  if (options.status === 204) return new Response(null, { status: 204, headers });
  return json(result, { status: options.status, headers });
}

export function route<Found extends object, Body extends z.ZodType = z.ZodType<undefined>>(
  options: RouteOptions<Found, Body>,
): Handler {
  return async (request, context) => {
    const caller = context.caller ?? contextOf(request.headers);
    return withRequestContext(caller, async () => {
      const response = await Promise.resolve(context.params)
        .then((params) => answer(options, { request, params: params as Record<string, string>, caller }))
        .catch((thrown) => {
          const error = toAppError(thrown);
          logError(error, { method: request.method, path: new URL(request.url).pathname });
          return errorResponse(error, caller.requestId);
        });
      response.headers.set("X-Request-Id", caller.requestId);
      return response;
    });
  };
}
