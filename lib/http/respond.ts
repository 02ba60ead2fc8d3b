/** Answers, in the one shape of the public contract. */

import { isUnavailable } from "../database/client";
import { type AppError, AppError as AppErrorClass, isAppError } from "../errors";
import { log } from "../log";
import { textResponse } from "./text-response";

export const NO_STORE = { "Cache-Control": "no-store" } as const;

const JSON_HEADERS = {
  "Content-Type": "application/json; charset=utf-8",
  "X-Content-Type-Options": "nosniff",
} as const;

// What is published changes seldom, and long before it counts, so five minutes of caching delay nobody.
const PUBLIC_DOCUMENT = { "Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*" } as const;

/** A document that anyone may read, from any origin and from caches; a string is JSON already. */
export function publicJson(body: unknown): Response {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return textResponse(text, { headers: { ...JSON_HEADERS, ...PUBLIC_DOCUMENT } });
}

/** A text that anyone may read, from any origin and from caches. */
export function publicText(text: string, type: "text/plain" | "text/markdown"): Response {
  const headers = { "Content-Type": `${type}; charset=utf-8`, "X-Content-Type-Options": "nosniff" };
  return new Response(text, { headers: { ...headers, ...PUBLIC_DOCUMENT } });
}

/** The answer to whoever asks for a mail: the same whether one goes out or not. */
export const SENT = { status: "sent" } as const;

export function json(body: unknown, init: { status?: number; headers?: Record<string, string> } = {}): Response {
  return textResponse(JSON.stringify(body), {
    status: init.status ?? 200,
    headers: { ...JSON_HEADERS, ...init.headers },
  });
}

/** Whatever was thrown, as an AppError: what nobody foresaw is a 500 that says nothing of the inside. */
export function toAppError(error: unknown): AppError {
  if (isAppError(error)) return error;
  if (isUnavailable(error)) {
    return new AppErrorClass(
      503,
      "temporarily_unavailable",
      "The database does not answer right now. Try again in a moment.",
      {
        headers: { "Retry-After": "2" },
        cause: error,
      },
    );
  }
  return new AppErrorClass(
    500,
    "internal_error",
    "Something went wrong on our side. The log has it under this request_id.",
    {
      cause: error,
    },
  );
}

export function errorResponse(error: AppError, requestId: string): Response {
  const { fields, headers } = error.options;
  const body = {
    error: error.code,
    error_description: error.description,
    request_id: requestId,
    ...(fields && { fields }),
  };
  // RFC 9110 §15.5.2: a 401 says how to identify oneself.
  const challenge: Record<string, string> = error.status === 401 ? { "WWW-Authenticate": 'Bearer realm="foyer"' } : {};
  return json(body, { status: error.status, headers: { ...NO_STORE, ...challenge, ...headers } });
}

/** A 5xx is ours to look at, with its cause; what callers get wrong is counted elsewhere. */
export function logError(error: AppError, about: { method: string; path: string }): void {
  const { detail, cause } = error.options;
  const line = { ...about, status: error.status, error: error.code, detail };
  if (error.status >= 500) log().error({ ...line, err: cause }, "request failed");
  else log().debug(line, "request refused");
}
