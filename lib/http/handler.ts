/**
 * The envelope of every request handler: the request's context, its errors, the log and
 * `X-Request-Id`.
 */

import type { z } from "zod";
import type { AppError } from "../errors";
import { type RequestContext, withRequestContext } from "../request-context";
import { contextOf } from "./caller";
import type { PreparedDocument } from "./prepared-document";
import type { HttpRequest } from "./request";
import { logError, toAppError } from "./respond";
import { setHeader } from "./text-response";

type PathParameters = Record<string, string | string[]>;

/** What server.ts or Next passes along with the request. */
export interface HandlerContext {
  /** Next passes a promise, and undefined for a path without parameters. */
  params: PathParameters | Promise<PathParameters> | undefined;
  /** Only server.ts passes it. */
  caller?: RequestContext;
}

/**
 * What a handler accepts. The API reference reads it, so that it names the schemas that validate.
 */
export interface Contract {
  guard: unknown;
  body: z.ZodType | undefined;
  bodyOptional: boolean;
  query: z.ZodType | undefined;
  readsItself: ("query" | "body")[];
  status: number;
  idempotent: boolean;
}

/** A plain `Request → Response` function, called by server.ts or Next and independent of both. */
export type Handler = ((request: HttpRequest, context: HandlerContext) => Promise<Response>) & {
  contract?: Contract;
  /** The response to a GET if it is in memory already, for server.ts to send without a promise. */
  prepared?: (params: Record<string, string | string[]>) => PreparedDocument | undefined;
};

export interface HandlerInput<Known extends object = object> {
  request: HttpRequest;
  params: Record<string, string>;
  caller: RequestContext;
  /** What `run` has found out so far. If it then fails, `renderError` can use it. */
  known: Partial<Known>;
}

/**
 * Runs a request in its context. `renderError` turns an error into the response, after it has been
 * logged.
 */
export function handler<Known extends object = object>(
  run: (input: HandlerInput<Known>) => Promise<Response>,
  renderError: (error: AppError, input: HandlerInput<Known>) => Response | Promise<Response>,
): Handler {
  async function respond(request: HttpRequest, context: HandlerContext, caller: RequestContext): Promise<Response> {
    const given = context.params instanceof Promise ? await context.params : context.params;
    const params = (given ?? {}) as Record<string, string>;
    const input = { request, params, caller, known: {} };
    let response: Response;
    try {
      response = await run(input);
    } catch (thrown) {
      const error = toAppError(thrown);
      logError(error, { method: request.method, path: new URL(request.url).pathname });
      response = await renderError(error, input);
    }
    setHeader(response, "X-Request-Id", caller.requestId);
    const { responseHeaders } = caller;
    if (responseHeaders) for (const name in responseHeaders) setHeader(response, name, responseHeaders[name] ?? "");
    return response;
  }
  return (request, context) => {
    const caller = context.caller ?? { ...contextOf(request.headers), signal: () => request.signal };
    return withRequestContext(caller, () => respond(request, context, caller));
  };
}
