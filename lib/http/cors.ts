/**
 * CORS (Fetch §3.2) for the endpoints that a client's pages may call from the browser. Allowed are
 * the origins of the client's redirect URIs, never with credentials.
 */

import { decodeJwt } from "jose";
import { type App, findApp } from "../apps/apps";
import { cached } from "../database/cache";
import { appOfClientId, findClient } from "../oauth/clients/clients";
import { listRedirectOrigins, originsOf } from "../oauth/clients/origins";
import { presentedToken } from "../oauth/dpop/resource";
import type { Parameters } from "../oauth/parameters";
import { registrationPolicy } from "../oauth/registration/policy";
import type { Handler } from "./handler";
import type { HttpRequest } from "./request";

const ALLOWED_HEADERS = "Authorization, Content-Type, DPoP";
const EXPOSED_HEADERS = "WWW-Authenticate, DPoP-Nonce, X-Request-Id, Retry-After";
const MAX_AGE_SECONDS = "600";

/** MCP clients also send MCP-Protocol-Version, with every request of the discovery. */
const PUBLIC_HEADERS = `${ALLOWED_HEADERS}, MCP-Protocol-Version`;

/** The origin instead of `*`, so that a cache never serves the response to another origin. */
function corsHeaders(origin: string): Record<string, string> {
  return { "Access-Control-Allow-Origin": origin, Vary: "Origin" };
}

function claimOf(token: string | null | undefined, name: "client_id" | "sub"): string | undefined {
  try {
    const claim = decodeJwt(token ?? "")[name];
    return typeof claim === "string" ? claim : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The client ID in the body, in a client assertion, in the Authorization header or in the presented token. It is not
 * verified.
 */
export function claimedClientId(request: HttpRequest, parameters: Parameters | undefined): string | undefined {
  const named = parameters?.get("client_id");
  if (named) return named;
  const assertion = parameters?.get("client_assertion");
  if (assertion) return claimOf(assertion, "sub");
  const authorization = request.headers.get("authorization");
  const [, encoded] = /^Basic +(\S+)$/i.exec(authorization ?? "") ?? [];
  if (!encoded) return claimOf(presentedToken(authorization)?.text ?? parameters?.get("access_token"), "client_id");
  const [id = ""] = Buffer.from(encoded, "base64").toString("utf8").replace(/%5f/gi, "_").split(":");
  return appOfClientId(id) ? id : undefined;
}

function mayHaveNewClients(app: App): boolean {
  const { registration, documents } = registrationPolicy(app);
  return registration === "open" || documents !== "off";
}

/** An origin of the client, or of any client of the App if the client is unknown. */
async function isAllowedOrigin(app: App | null, clientId: string | undefined, origin: string): Promise<boolean> {
  const known = app ?? (await findApp(appOfClientId(clientId ?? "") ?? ""));
  if (!known) return false;
  const client = clientId ? await findClient(known.id, clientId) : null;
  if (client) return originsOf(client.redirect_uris).has(origin);
  // The client of a preflight request may be one that registers itself in a moment.
  if (clientId === undefined && mayHaveNewClients(known)) return true;
  return (await cached(known.id, "redirect-origins", () => listRedirectOrigins(known.id))).has(origin);
}

/**
 * Allows a page of the client to read the response. `app` is the path's; without one, the client
 * determines it.
 */
export async function withCors(
  response: Response,
  request: HttpRequest,
  app: App | null,
  clientId: string | undefined,
): Promise<Response> {
  const origin = request.headers.get("origin");
  if (!origin || !(await isAllowedOrigin(app, clientId, origin).catch(() => false))) return response;
  for (const [name, value] of Object.entries(corsHeaders(origin))) response.headers.set(name, value);
  response.headers.set("Access-Control-Expose-Headers", EXPOSED_HEADERS);
  return response;
}

/**
 * A preflight request does not name the client. Under an issuer, the origins of all its clients are
 * allowed; elsewhere every origin is. The actual response decides again, so a page of another site
 * cannot read it.
 */
export function preflight(methods: string): Handler {
  return async (request, context) => {
    const origin = request.headers.get("origin");
    const { app: appId } = ((await context.params) ?? {}) as { app?: string };
    const app = appId === undefined ? null : await findApp(appId);
    if (!origin || (appId !== undefined && !(app && (await isAllowedOrigin(app, undefined, origin)))))
      return new Response(null, { status: 204, headers: { Allow: `${methods}, OPTIONS` } });
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

/** For responses that any page may read: they depend on no cookie. */
export const ANY_ORIGIN = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": "WWW-Authenticate, X-Request-Id, Retry-After",
} as const;

/** The preflight response of an endpoint that pages of every origin may call. */
export function openPreflight(methods: string): Handler {
  return async () =>
    new Response(null, {
      status: 204,
      headers: {
        Allow: `${methods}, OPTIONS`,
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": methods,
        "Access-Control-Allow-Headers": PUBLIC_HEADERS,
        "Access-Control-Max-Age": MAX_AGE_SECONDS,
      },
    });
}
