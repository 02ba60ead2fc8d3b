/**
 * A route handler: guard, schema, verb. Turns whatever happens into the contract's answers. A handler is a plain
 * `Request → Response` function, mounted by server.ts or called by Next, and uses nothing of either.
 */
import type { z } from "zod";
import { failInput } from "../errors";
import { parseInput } from "../input";
import { type RequestContext, withRequestContext } from "../request-context";
import { readJson } from "./body";
import { contextOf } from "./caller";
import { once } from "./idempotency";
import { errorResponse, json, logError, NO_STORE, toAppError } from "./respond";
import { setHeader } from "./text-response";

/** What server.ts or Next passes beside the request; `caller` only the former. */
export interface HandlerContext {
  /** Next passes none where the path has none. */
  params: Promise<Record<string, string | string[]>> | undefined;
  caller?: RequestContext;
}

/** What a handler asks for, read by the reference (app/_reference): these are the very schemas that validate. */
export interface Contract {
  guard: unknown;
  body: z.ZodType | undefined;
  query: z.ZodType | undefined;
  status: number;
  idempotent: boolean;
}

export type Handler = ((request: Request, context: HandlerContext) => Promise<Response>) & { contract?: Contract };

/** What a guard sees; it answers with what it found (the App, the key) or throws. */
export interface GuardInput {
  request: Request;
  params: Record<string, string>;
  caller: RequestContext;
}

export type Guard<Found> = (input: GuardInput) => Promise<Found>;

interface RouteOptions<Found extends object, Body extends z.ZodType, Query extends z.ZodType> {
  guard: Guard<Found>;
  body?: Body;
  query?: Query;
  /** Status of success; 204 sends no body. */
  status?: number;
  /** A creating call that honours Idempotency-Key; its guard finds the App. */
  idempotent?: boolean;
  run: (
    input: Found & {
      body: z.output<Body>;
      query: z.output<Query>;
      params: Record<string, string>;
      request: Request;
      caller: RequestContext;
    },
  ) => Promise<unknown>;
}

function readQuery(request: Request): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of new URL(request.url).searchParams) {
    if (Object.hasOwn(values, name)) failInput({ [name.slice(0, 60)]: "is given twice" });
    values[name] = value;
  }
  return values;
}

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;

/** Runs `work`, or finds the answer that the same Idempotency-Key got before. */
async function runOnce(
  request: Request,
  appId: string,
  raw: string,
  status: number,
  work: () => Promise<unknown>,
): Promise<Response> {
  const key = request.headers.get("idempotency-key");
  if (key === null) return json(await work(), { status, headers: NO_STORE });
  if (!IDEMPOTENCY_KEY.test(key)) failInput({ "Idempotency-Key": "must have 1 to 255 visible ASCII characters" });
  const call = { appId, key: `${request.method} ${new URL(request.url).pathname} ${key}`, request: raw };
  const answer = await once(call, async () => ({ status, body: await work() }));
  return json(answer.body, { status: answer.status, headers: NO_STORE });
}

async function answer<Found extends object, Body extends z.ZodType, Query extends z.ZodType>(
  options: RouteOptions<Found, Body, Query>,
  input: GuardInput,
): Promise<Response> {
  const { request, params, caller } = input;
  const found = await options.guard(input);
  const query = options.query ? parseInput(options.query, readQuery(request)) : undefined;
  const sent = options.body ? await readJson(request) : undefined;
  const body = options.body ? parseInput(options.body, sent?.value) : undefined;
  const run = () =>
    options.run({ ...found, body: body as z.output<Body>, query: query as z.output<Query>, params, request, caller });
  const status = options.status ?? 200;
  if (options.idempotent) {
    const { app } = found as unknown as { app: { id: string } };
    return runOnce(request, app.id, sent?.raw ?? "", status, run);
  }
  const result = await run();
  if (result instanceof Response) return result;
  if (status === 204) return new Response(null, { status, headers: NO_STORE });
  return json(result, { status, headers: NO_STORE });
}

export function route<
  Found extends object,
  Body extends z.ZodType = z.ZodType<undefined>,
  Query extends z.ZodType = z.ZodType<undefined>,
>(options: RouteOptions<Found, Body, Query>): Handler {
  const { guard, body, query, status = 200, idempotent = false } = options;
  const handler: Handler = async (request, context) => {
    const caller: RequestContext = context.caller ?? contextOf(request.headers);
    caller.signal = () => request.signal;
    return withRequestContext(caller, async () => {
      const response = await Promise.resolve(context.params)
        .then((params) => answer(options, { request, params: params as Record<string, string>, caller }))
        .catch((thrown) => {
          const error = toAppError(thrown);
          logError(error, { method: request.method, path: new URL(request.url).pathname });
          return errorResponse(error, caller.requestId);
        });
      setHeader(response, "X-Request-Id", caller.requestId);
      return response;
    });
  };
  return Object.assign(handler, { contract: { guard, body, query, status, idempotent } });
}
