/**
 * A JSON route: a guard, schemas and an operation. Errors are answered as JSON with `error` and
 * `error_description`.
 */

import { z } from "zod";
import type { AppError } from "../errors";
import { failInput } from "../errors";
import { parseInput, parseKnownInput } from "../input";
import type { RequestContext } from "../request-context";
import { type JsonBody, mediaType, readJson, readOptionalJson } from "./body";
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
  /**
   * `run` reads this part of the request, so unknown names in it are not rejected here. For URLs to
   * which providers and mail programs add parameters, and for bodies that can also be forms.
   */
  readsItself?: ("query" | "body")[];
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

/**
 * Under these paths, an unknown name in the query or body is an error: it is probably a typo.
 * Probes and browsers may add parameters to the health checks and the OpenAPI document.
 */
const REJECTS_UNKNOWN = /^\/api\/(?!health\/|openapi\.json)/;

export function rejectsUnknown(pathname: string): boolean {
  return REJECTS_UNKNOWN.test(pathname);
}

const NOTHING = z.object({});

function readQuery({ searchParams }: URL): Record<string, string> {
  const entries = [...searchParams];
  const names = new Set<string>();
  for (const [name] of entries) {
    if (names.has(name)) failInput({ [name.slice(0, 60)]: "appears twice in the query. Send it once" });
    names.add(name);
  }
  return Object.fromEntries(entries);
}

/** What the request contains. A schema that a route doesn't have allows nothing. */
async function readRequest<Body extends z.ZodType, Query extends z.ZodType>(
  {
    readsItself = [],
    ...options
  }: Pick<RouteOptions<object, Body, Query>, "readsItself" | "query" | "body" | "bodyOptional">,
  request: HttpRequest,
): Promise<{ query: z.output<Query>; body: z.output<Body>; sent: JsonBody | undefined }> {
  const url = new URL(request.url);
  const strict = rejectsUnknown(url.pathname);
  const parse = strict ? parseKnownInput : parseInput;
  let query: unknown;
  if (options.query) query = parse(options.query, readQuery(url));
  else if (strict && url.search && !readsItself.includes("query")) parse(NOTHING, readQuery(url));
  let sent: JsonBody | undefined;
  let body: unknown;
  if (options.body) {
    sent = await (options.bodyOptional ? readOptionalJson : readJson)(request);
    body = parse(options.body, sent.value);
  } else if (strict && mediaType(request) === "application/json" && !readsItself.includes("body")) {
    parse(NOTHING, (await readJson(request, { mayBeEmpty: true })).value);
  }
  return { query: query as z.output<Query>, body: body as z.output<Body>, sent };
}

async function respond<Found extends object, Body extends z.ZodType, Query extends z.ZodType>(
  options: RouteOptions<Found, Body, Query>,
  input: GuardInput,
): Promise<Response> {
  const { request, params, caller } = input;
  const found = await options.guard(input);
  const { query, body, sent } = await readRequest(options, request);
  const run = () => options.run({ ...found, body, query, params, request, caller });
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
  const { guard, body, bodyOptional = false, query, readsItself = [], status = 200, idempotent = false } = options;
  const contract = { guard, body, bodyOptional, query, readsItself, status, idempotent };
  return Object.assign(
    handler((input) => respond(options, input), options.renderError ?? renderJson),
    { contract },
  );
}
