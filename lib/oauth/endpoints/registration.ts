/**
 * The client registration endpoint (RFC 7591 §3) and the client configuration endpoint (RFC 7592
 * §2). Pages of every origin may call them: an MCP client in a browser registers itself, and no
 * cookie is read.
 */
import { type App, getApp } from "../../apps/apps";
import { readJson } from "../../http/body";
import { ANY_ORIGIN } from "../../http/cors";
import { bearerToken } from "../../http/guards";
import { type Handler, handler } from "../../http/handler";
import type { HttpRequest } from "../../http/request";
import { json, NO_STORE } from "../../http/respond";
import { oauthText } from "../errors";
import { authenticateRegistered, deleteRegistered, readRegistered, updateRegistered } from "../registration/manage";
import { permitRegistration, registerClient } from "../registration/register";
import { recordOAuthRejection, toOAuthError } from "./rejection";

const HEADERS = { ...NO_STORE, Pragma: "no-cache", ...ANY_ORIGIN };

interface Known {
  app: App;
}

interface Call {
  app: App;
  bearer: string | null;
  clientId: string;
  readBody: () => Promise<Record<string, unknown>>;
}

async function readBody(request: HttpRequest): Promise<Record<string, unknown>> {
  return (await readJson(request)).value;
}

function registrationRoute(status: number, run: (call: Call) => Promise<object | undefined>): Handler {
  return handler<Known>(
    async ({ request, params, known }) => {
      const app = await getApp(params.app ?? "");
      known.app = app;
      const result = await run({
        app,
        bearer: bearerToken(request),
        clientId: params.client_id ?? "",
        readBody: () => readBody(request),
      });
      return result ? json(result, { status, headers: HEADERS }) : new Response(null, { status, headers: HEADERS });
    },
    async (thrown, { request, params, known: { app } }) => {
      const error = toOAuthError(thrown);
      await recordOAuthRejection(error, new URL(request.url).pathname, app?.id ?? null, params.client_id);
      const body = { error: error.code, error_description: oauthText(error.description) };
      return json(body, { status: error.status, headers: { ...HEADERS, ...error.oauth.headers } });
    },
  );
}

export const register = registrationRoute(201, async ({ app, bearer, readBody }) => {
  const permit = await permitRegistration(app, bearer);
  return registerClient(app, permit, await readBody());
});

export const readRegistration = registrationRoute(200, async ({ app, bearer, clientId }) =>
  readRegistered(app, await authenticateRegistered(app, clientId, bearer)),
);

export const updateRegistration = registrationRoute(200, async ({ app, bearer, clientId, readBody }) => {
  const registered = await authenticateRegistered(app, clientId, bearer);
  return updateRegistered(app, registered, await readBody());
});

export const deleteRegistration = registrationRoute(204, async ({ app, bearer, clientId }) => {
  await deleteRegistered(app, await authenticateRegistered(app, clientId, bearer));
  return undefined;
});
