/**
 * A route of the OAuth endpoints: form parameters, client authentication, RFC 6749 error responses
 * and CORS.
 */

import { type App, getApp } from "../../apps/apps";
import { readForm } from "../../http/body";
import { claimedClientId, withCors } from "../../http/cors";
import { type Handler, handler } from "../../http/handler";
import type { HttpRequest } from "../../http/request";
import { json, NO_STORE } from "../../http/respond";
import type { RequestContext } from "../../request-context";
import { authenticateClient } from "../authenticate-client";
import { type OAuthError, oauthText } from "../errors";
import { type Parameters, readParameters } from "../parameters";
import { recordOAuthRejection, toOAuthError } from "./rejection";

/** RFC 6749 §5.1 */
const UNCACHED = { ...NO_STORE, Pragma: "no-cache" };

interface Known {
  /** The App in the path; null at /o/token and the like, where the client determines it. */
  app: App | null;
  parameters: Parameters;
}

export interface OAuthInput extends Known {
  request: HttpRequest;
  caller: RequestContext;
}

export function authenticate({ request, parameters, app }: OAuthInput) {
  // RFC 6749 §2.3.1: credentials must not be in the URL, which ends up in logs.
  return authenticateClient({ authorization: request.headers.get("authorization"), parameters, url: request.url }, app);
}

/** RFC 6749 §5.2 */
function oauthErrorResponse(error: OAuthError): Response {
  const body = { error: error.code, error_description: oauthText(error.description) };
  // RFC 9110 §15.5.2: a 401 names the authentication scheme. Endpoints that take a token bring
  // their own header.
  const challenge: Record<string, string> = error.status === 401 ? { "WWW-Authenticate": 'Basic realm="foyer"' } : {};
  const headers = { ...UNCACHED, ...challenge, ...error.oauth.headers };
  return json(body, { status: error.status, headers });
}

/** `cors` is for the endpoints that a client's pages may call from the browser. */
export function oauthRoute(run: (input: OAuthInput) => Promise<Response | object>, { cors = false } = {}): Handler {
  return handler<Known>(
    async ({ request, params, caller, known }) => {
      const app = params.app === undefined ? null : await getApp(params.app);
      known.app = app;
      const encoded = request.method === "GET" ? new URL(request.url).search.slice(1) : await readForm(request);
      const parameters = readParameters(encoded);
      known.parameters = parameters;
      const result = await run({ request, parameters, app, caller });
      const response = result instanceof Response ? result : json(result, { headers: UNCACHED });
      return cors && request.headers.has("origin")
        ? withCors(response, request, app, claimedClientId(request, parameters))
        : response;
    },
    async (thrown, { request, known: { app = null, parameters } }) => {
      const error = toOAuthError(thrown);
      const clientId = claimedClientId(request, parameters);
      await recordOAuthRejection(error, new URL(request.url).pathname, app?.id ?? null, clientId);
      const response = oauthErrorResponse(error);
      return cors ? withCors(response, request, app, clientId) : response;
    },
  );
}
