/**
 * The current request's ID, IP address and user agent, for the log, the audit trail and the limits
 * (AsyncLocalStorage).
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { processState } from "./process-state";

export interface RequestContext {
  readonly requestId: string;
  /**
   * The caller's IP address as far as TRUSTED_PROXIES tells it, or the end user's that a backend
   * passes on.
   */
  ip: string | null;
  readonly userAgent: string | null;
  /** Set only when a backend passes on the end user's IP address. */
  userIp?: string;
  /** Set once an API key or a user's token was verified: `ip` may then be the app's server. */
  isApiCall?: true;
  /** Set once a page failed because the database is unavailable. */
  isUnavailable?: true;
  /** Headers of the response, whether the request succeeds or fails. */
  responseHeaders?: Record<string, string>;
  /** Set once a Server Action has received its arguments. */
  ranAction?: true;
  /**
   * Aborted when the caller closes the connection. A function, since most requests never create the
   * signal.
   */
  signal?: () => AbortSignal;
}

const storage = processState("request-context", () => new AsyncLocalStorage<RequestContext>());

export function withRequestContext<T>(context: RequestContext, run: () => T): T {
  return storage.run(context, run);
}

export function requestContext(): RequestContext | undefined {
  return storage.getStore();
}

/**
 * From now on, the audit trail, the sessions and the limits see the end user instead of the backend
 * that calls.
 */
export function actForEndUser(context: RequestContext, ip: string): void {
  context.userIp = ip;
  context.ip = ip;
}
