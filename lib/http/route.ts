/**
 * A JSON route: a guard, schemas and an operation. Errors are answered as JSON with `error` and
 * `error_description`.
 */

import type { z } from "zod";
import type { AppError } from "../errors";
import { failInput } from "../errors";
import { parseInput } from "../input";
import type { RequestContext } from "../request-context";
import { readJson, readOptionalJson } from "./body";
import { type Handler, type HandlerInput, handler } from "./handler";
import { respondOnce } from "./idempotency";
import type { HttpRequest } from "./request";
import { errorResponse, json, NO_STORE } from "./respond";

/** What a guard gets. It returns what it found, such as the App and the API key, or throws. */
export interface GuardInput {
  request: HttpRequest;
  params: Record<string, string>;
  caller: RequestContext;
}

export type Guard<Found> = (input: GuardInput) => Promise<Found>;

interface RouteOptions<Found extends object, Body extends z.ZodType, Query extends z.ZodType> {
  guard: Guard<Found>;
  body?: Body;
  /** A request without a body passes `{}` to the schema. */
  bodyOptional?: boolean;
  query?: Query;
  /** Status of success; 204 sends no body. */
  status?: number;
  /** Honors the Idempotency-Key header. The guard must find the App. */
  idempotent?: boolean;
  /** For routes that browsers open: an error page instead of JSON. */
  renderError?: (error: AppError, input: HandlerInput) => Response | Promise<Response>;
  run: (
    input: Found & {
      body: z.output<Body>;
      query: z.output<Query>;
      params: Record<string, string>;
      request: HttpRequest;
      caller: RequestContext;
    },
  ) => Promise<unknown>;
}

function readQuery(request: HttpRequest): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of new URL(request.url).searchParams) {
    if (Object.hasOwn(values, name)) failInput({ [name.slice(0, 60)]: "is given twice" });
    values[name] = value;
  }
  return values;
}

async function respond<Found extends object, Body extends z.ZodType, Query extends z.ZodType>(
  options: RouteOptions<Found, Body, Query>,
  input: GuardInput,
): Promise<Response> {
  const { request, params, caller } = input;
  const found = await options.guard(input);
  const query = options.query ? parseInput(options.query, readQuery(request)) : undefined;
  const read = options.bodyOptional ? readOptionalJson : readJson;
  const sent = options.body ? await read(request) : undefined;
  const body = options.body ? parseInput(options.body, sent?.value) : undefined;
  const run = () =>
    options.run({ ...found, body: body as z.output<Body>, query: query as z.output<Query>, params, request, caller });
  const status = options.status ?? 200;
  if (options.idempotent) {
    const { app } = found as unknown as { app: { id: string } };
    return respondOnce(request, { appId: app.id, body: sent?.raw ?? "", status }, run);
  }
  const result = await run();
  if (result instanceof Response) return result;
  if (status === 204) return new Response(null, { status, headers: NO_STORE });
  return json(result, { status, headers: NO_STORE });
}

function renderJson(error: AppError, { caller }: HandlerInput): Response {
  return errorResponse(error, caller.requestId);
}

export function route<
  Found extends object,
  Body extends z.ZodType = z.ZodType<undefined>,
  Query extends z.ZodType = z.ZodType<undefined>,
>(options: RouteOptions<Found, Body, Query>): Handler {
  const { guard, body, bodyOptional = false, query, status = 200, idempotent = false } = options;
  const contract = { guard, body, bodyOptional, query, status, idempotent };
  return Object.assign(
    handler((input) => respond(options, input), options.renderError ?? renderJson),
    { contract },
  );
}
