/** Responses: JSON, public documents, redirects, and the error body of every call under /api. */
import { isUnavailable } from "../database/client";
import { AppError, isAppError } from "../errors";
import { log } from "../log";
import { textResponse } from "./text-response";

export const NO_STORE = { "Cache-Control": "no-store" } as const;

const JSON_HEADERS = {
  "Content-Type": "application/json; charset=utf-8",
  "X-Content-Type-Options": "nosniff",
} as const;

// Keys and metadata are published well before they are used, so five minutes of caching delay
// nothing.
const PUBLIC = { "Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*" } as const;
export const PUBLIC_DOCUMENT_HEADERS = { ...JSON_HEADERS, ...PUBLIC } as const;

/**
 * A public document, for every origin and for caches. A string is sent as it is: it is JSON
 * already.
 */
export function publicJson(body: unknown): Response {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return textResponse(text, { headers: PUBLIC_DOCUMENT_HEADERS });
}

/** A public text, for every origin and for caches. */
export function publicText(text: string, type: "text/plain" | "text/markdown"): Response {
  const headers = { "Content-Type": `${type}; charset=utf-8`, "X-Content-Type-Options": "nosniff" };
  return new Response(text, { headers: { ...headers, ...PUBLIC } });
}

/**
 * The response to a request for an email. It is the same whether or not Foyer sends one, to hide
 * who has an account.
 */
export const SENT = { status: "sent" } as const;

export function json(body: unknown, init: { status?: number; headers?: Record<string, string> } = {}): Response {
  return textResponse(JSON.stringify(body), {
    status: init.status ?? 200,
    headers: { ...JSON_HEADERS, ...init.headers },
  });
}

export function redirect(location: string, cookies: string[] = [], status: 302 | 303 = 303): Response {
  const response = textResponse(null, { status, headers: { Location: location, ...NO_STORE } });
  for (const cookie of cookies) response.headers.append("Set-Cookie", cookie);
  return response;
}

/** Anything thrown as an AppError. An unexpected error becomes a 500 that reveals no internals. */
export function toAppError(error: unknown): AppError {
  if (isAppError(error)) return error;
  if (isUnavailable(error)) {
    const headers = { "Retry-After": "2" };
    const description = "Foyer is temporarily unavailable. Try again in a few seconds.";
    return new AppError(503, "temporarily_unavailable", description, { headers, cause: error });
  }
  const description = "An unexpected error occurred. Try again. If it happens again, report this request ID.";
  return new AppError(500, "internal_error", description, { cause: error });
}

export function errorResponse(error: AppError, requestId: string): Response {
  const { fields, members, headers } = error.options;
  const body = {
    error: error.code,
    error_description: error.description,
    request_id: requestId,
    ...(fields && { fields }),
    ...members,
  };
  // RFC 9110 §15.5.2: a 401 names the authentication scheme.
  const challenge: Record<string, string> = error.status === 401 ? { "WWW-Authenticate": 'Bearer realm="foyer"' } : {};
  return json(body, { status: error.status, headers: { ...NO_STORE, ...challenge, ...headers } });
}

/**
 * Only a 5xx is logged as an error, with its cause. A rejected request is recorded as an event
 * where it concerns an app.
 */
export function logError(error: AppError, request: { method: string; path: string }): void {
  const { detail, cause } = error.options;
  const line = { ...request, status: error.status, error: error.code, detail };
  if (error.status >= 500) log().error({ ...line, err: cause }, "request failed");
  else log().debug(line, "request rejected");
}
