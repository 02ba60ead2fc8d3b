/** How providers are called: under one deadline for the whole sign-in, through lib/outbound.ts. */
import * as oauth from "oauth4webapi";
import { outboundFetch } from "../outbound";

/** However many requests a sign-in takes, it is over in this time. */
const SIGN_IN_SECONDS = 6;

/** Options for every request that oauth4webapi makes. */
export interface ProviderCall {
  [oauth.customFetch]: typeof providerFetch;
  [oauth.allowInsecureRequests]: true;
  signal: AbortSignal;
}

/** We send nothing but forms. */
type ProviderRequest = oauth.CustomFetchOptions<string, unknown>;

/** GitHub says what went wrong with status 200; everybody else (RFC 6749 §5.2) with 400. */
async function withHonestStatus(answer: Response): Promise<Response> {
  if (answer.status !== 200) return answer;
  const body: unknown = await answer
    .clone()
    .json()
    .catch(() => null);
  const failed = typeof (body as { error?: unknown } | null)?.error === "string";
  return failed ? new Response(answer.body, { status: 400, headers: answer.headers }) : answer;
}

async function providerFetch(url: string, { method, headers, body, signal }: ProviderRequest): Promise<Response> {
  const answer = await outboundFetch(url, {
    method,
    headers,
    signal,
    body: body instanceof URLSearchParams ? body : null,
  });
  return method === "POST" ? withHonestStatus(answer) : answer;
}

export function newProviderCall(): ProviderCall {
  return {
    [oauth.customFetch]: providerFetch,
    // Which addresses may be called without TLS is decided by outboundFetch: loopback, in development.
    [oauth.allowInsecureRequests]: true,
    signal: AbortSignal.timeout(SIGN_IN_SECONDS * 1000),
  };
}
