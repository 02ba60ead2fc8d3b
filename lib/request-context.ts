/** Who is asking: known to the log and the audit trail without being handed through every verb. */
import { AsyncLocalStorage } from "node:async_hooks";
import { processState } from "./process-state";

export interface RequestContext {
  requestId: string;
  /** The caller's address as far as TRUSTED_PROXIES lets us know it. */
  ip: string | null;
  userAgent: string | null;
  /** The end-user's address, when a backend with an API key passes it on. */
  userIp?: string;
  /** Aborted when the caller hangs up. A function, since asking for it costs something. */
  signal?: () => AbortSignal;
}

const storage = processState("request-context", () => new AsyncLocalStorage<RequestContext>());

export function withRequestContext<T>(context: RequestContext, run: () => T): T {
  return storage.run(context, run);
}

export function requestContext(): RequestContext | undefined {
  return storage.getStore();
}
