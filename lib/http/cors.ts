/**
 * CORS (Fetch §3.2) for the endpoints that a client's page may call from the browser: only from the origins of its App's redirect URIs, and
 * never with credentials.
 */
import type { App } from "../apps/apps";
import { cached } from "../cache";
import { listRedirectOrigins } from "../oauth/clients/origins";
import type { Handler } from "./route";

const ALLOWED_HEADERS = "Authorization, Content-Type";
const MAX_AGE_SECONDS = "600";

/** `*` is not said, so that a cache never hands one page's answer to another. */
function corsHeaders(origin: string): Record<string, string> {
  return { "Access-Control-Allow-Origin": origin, Vary: "Origin" };
}

export function allowOrigin(response: Response, origin: string): Response {
  for (const [name, value] of Object.entries(corsHeaders(origin))) response.headers.set(name, value);
  response.headers.set("Access-Control-Expose-Headers", "WWW-Authenticate, X-Request-Id, Retry-After");
  return response;
}

/** Whether a page of this origin belongs to a client of the App. */
export async function isClientOrigin(app: App, origin: string): Promise<boolean> {
  const origins = await cached(app.id, "redirect-origins", () => listRedirectOrigins(app.id));
  return origins.has(origin);
}

/**
 * A preflight is answered before anybody knows which client will call, so it allows every origin; the answer itself, which the page can read
 * only with our leave, is what is guarded.
 */
export function preflight(methods: string): Handler {
  return async (request) => {
    const origin = request.headers.get("origin");
    if (!origin) return new Response(null, { status: 204, headers: { Allow: `${methods}, OPTIONS` } });
    return new Response(null, {
      status: 204,
      headers: {
        ...corsHeaders(origin),
        "Access-Control-Allow-Methods": methods,
        "Access-Control-Allow-Headers": ALLOWED_HEADERS,
        "Access-Control-Max-Age": MAX_AGE_SECONDS,
      },
    });
  };
}
