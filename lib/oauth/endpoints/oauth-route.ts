/** A handler under /o: form bodies, the RFCs' error codes and characters, CORS for the pages of clients. */
import { type App, getApp } from "../../apps/apps";
import { type Actor, recordRejection } from "../../audit/events";
import { readForm } from "../../http/body";
import { contextOf } from "../../http/caller";
import { claimedClientId, withCors } from "../../http/cors";
import type { Handler } from "../../http/handler";
import { json, logError, NO_STORE, toAppError } from "../../http/respond";
import { setHeader } from "../../http/text-response";
import { type RequestContext, withRequestContext } from "../../request-context";
import { appOfClientId, findClient } from "../clients/clients";
import { isOAuthError, type OAuthError, OAuthError as OAuthErrorClass, oauthFail, oauthText } from "../errors";
import { type Parameters, readParameters } from "../parameters";

/** RFC 6749 §5.1 */
const UNCACHED = { ...NO_STORE, Pragma: "no-cache" };

export interface OAuthInput {
  request: Request;
  parameters: Parameters;
  /** The App of the path; null at /o/token and its like, where the client tells. */
  app: App | null;
  caller: RequestContext;
}

/** Any AppError below (a rate limit, an absent database, a body of the wrong type) in the words of RFC 6749 §5.2. */
export function toOAuthError(thrown: unknown): OAuthError {
  if (isOAuthError(thrown)) return thrown;
  const error = toAppError(thrown);
  const { headers, detail, cause } = error.options;
  const code =
    error.status >= 500 ? (error.status === 503 ? "temporarily_unavailable" : "server_error") : "invalid_request";
  const oauth = new OAuthErrorClass(code, error.description, { headers, detail, cause });
  // 415 and 413 are plain 400s here; what tells when to come back keeps its status.
  const status = [404, 429, 500, 503].includes(error.status) ? error.status : 400;
  return Object.defineProperty(oauth, "status", { value: status });
}

/** Every rejected request is explained to the App's owner: counted by client where there is one of that id, so that inventing ids fills no disk. */
export async function recordOAuthRejection(
  error: OAuthError,
  path: string,
  appId: string | null,
  clientId: string | undefined,
): Promise<void> {
  const known = appId ?? (clientId ? appOfClientId(clientId) : null);
  if (!known || error.status >= 500) return;
  const client = clientId ? await findClient(known, clientId).catch(() => null) : null;
  const actor: Actor = { type: "client", id: client?.id };
  const { section, parameter, facts } = error.oauth;
  await recordRejection(known, {
    type: "oauth.rejected",
    actor,
    clientId: client?.id,
    reason: error.code,
    explanation: {
      endpoint: path,
      description: error.description,
      section: section ?? null,
      ...(parameter && { parameter }),
      ...(clientId && !client && { client_id: clientId.slice(0, 80) }),
      ...facts,
    },
  }).catch(() => {}); // an App that does not exist has no owner to tell
}

export function oauthErrorResponse(error: OAuthError): Response {
  const body = { error: error.code, error_description: oauthText(error.description) };
  // RFC 9110 §15.5.2: a 401 says how to identify oneself. Where a token is asked for, the error itself says so.
  const challenge: Record<string, string> = error.status === 401 ? { "WWW-Authenticate": 'Basic realm="foyer"' } : {};
  const headers = { ...UNCACHED, ...challenge, ...error.oauth.headers };
  return json(body, { status: error.status, headers });
}

async function readInput(request: Request): Promise<Parameters> {
  if (request.method === "GET") return readParameters(new URL(request.url).search.slice(1));
  return readParameters(await readForm(request));
}

/** `cors`: for those that a client's page may call from a browser. */
export function oauthRoute(run: (input: OAuthInput) => Promise<Response | object>, { cors = false } = {}): Handler {
  return async (request, context) => {
    const caller = context.caller ?? contextOf(request.headers);
    return withRequestContext(caller, async () => {
      let app: App | null = null;
      let parameters: Parameters | undefined;
      try {
        const { app: appId } = ((await context.params) ?? {}) as { app?: string };
        if (appId !== undefined) app = await getApp(appId);
        parameters = await readInput(request);
        const result = await run({ request, parameters, app, caller });
        const response = result instanceof Response ? result : json(result, { headers: UNCACHED });
        setHeader(response, "X-Request-Id", caller.requestId);
        return cors && request.headers.has("origin")
          ? await withCors(response, request, app, claimedClientId(request, parameters))
          : response;
      } catch (thrown) {
        const error = toOAuthError(thrown);
        const path = new URL(request.url).pathname;
        logError(error, { method: request.method, path });
        const clientId = claimedClientId(request, parameters);
        await recordOAuthRejection(error, path, app?.id ?? null, clientId);
        const response = oauthErrorResponse(error);
        setHeader(response, "X-Request-Id", caller.requestId);
        return cors ? withCors(response, request, app, clientId) : response;
      }
    });
  };
}

/** The client's credential, or oauthFail. */
export function bearerOf(request: Request, parameters: Parameters): string {
  const header = /^Bearer +([\x21-\x7e]+) *$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  const inBody = request.method === "POST" ? parameters.get("access_token") : undefined;
  if (header && inBody)
    oauthFail("invalid_request", "Send the token once, in the header or in the body", {
      section: "RFC 6750 §2",
      headers: { "WWW-Authenticate": 'Bearer realm="foyer", error="invalid_request"' },
    });
  const token = header ?? inBody;
  if (token) return token;
  // RFC 6750 §3.1: without a token no error code.
  return oauthFail("invalid_token", "Send the access token as Authorization: Bearer", {
    headers: { "WWW-Authenticate": 'Bearer realm="foyer"' },
  });
}
