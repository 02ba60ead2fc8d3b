/** HTTP requests to a sign-in provider: one deadline per sign-in, sent through lib/outbound.ts. */
import * as oauth from "oauth4webapi";
import { outboundFetch } from "../outbound";

/** For all requests of one sign-in together. */
const SIGN_IN_SECONDS = 6;

/** Options for each request of oauth4webapi. */
export interface ProviderCall {
  [oauth.customFetch]: typeof providerFetch;
  [oauth.allowInsecureRequests]: true;
  signal: AbortSignal;
}

/** Foyer sends only forms. */
type ProviderRequest = oauth.CustomFetchOptions<string, unknown>;

/** GitHub sends token errors with status 200 instead of 400 (RFC 6749 §5.2). */
async function withErrorStatus(response: Response): Promise<Response> {
  if (response.status !== 200) return response;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  const failed = typeof (body as { error?: unknown } | null)?.error === "string";
  return failed ? new Response(response.body, { status: 400, headers: response.headers }) : response;
}

async function providerFetch(url: string, { method, headers, body, signal }: ProviderRequest): Promise<Response> {
  const response = await outboundFetch(url, {
    method,
    headers,
    signal,
    body: body instanceof URLSearchParams ? body : null,
  });
  return method === "POST" ? withErrorStatus(response) : response;
}

export function newProviderCall(): ProviderCall {
  return {
    [oauth.customFetch]: providerFetch,
    // outboundFetch decides which URLs may be called without TLS: loopback, in development.
    [oauth.allowInsecureRequests]: true,
    signal: AbortSignal.timeout(SIGN_IN_SECONDS * 1000),
  };
}
