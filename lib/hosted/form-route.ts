/**
 * A form of the hosted pages: posts urlencoded to a handler, of our own origin, about an App that exists. What fails without a page to go back to is
 * told on a page of its own.
 */
import { type App, getApp } from "../apps/apps";
import { failPageNotFound } from "../errors";
import { readForm } from "../http/body";
import { contextOf } from "../http/caller";
import type { Handler } from "../http/handler";
import { requireOwnOrigin } from "../http/origin";
import { logError, toAppError } from "../http/respond";
import { setHeader } from "../http/text-response";
import { TENANT_ZERO } from "../ids";
import { type Parameters, readParameters } from "../oauth/parameters";
import { withRequestContext } from "../request-context";
import { htmlResponse } from "./html/page";
import { html } from "./html/template";
import { appOfPath } from "./shown-app";

export interface FormInput {
  app: App;
  form: Parameters;
  request: Request;
}

export function problemPage(status: number, description: string, requestId: string, app: App | null): Response {
  const body = html`<p>${description}</p><p><small>${requestId}</small></p>`;
  return htmlResponse({ status, app, title: "That did not work", body });
}

/** A form of ours: of our own origin, about an App that exists. */
export function formRoute(run: (input: FormInput) => Promise<Response>): Handler {
  return async (request, context) => {
    const caller = context.caller ?? contextOf(request.headers);
    return withRequestContext(caller, async () => {
      const answer = async () => {
        requireOwnOrigin(request);
        const { app } = (await context.params) as { app: string };
        // Developers sign in at the dashboard; their App has no hosted pages.
        if (app === TENANT_ZERO) failPageNotFound();
        return run({ app: await getApp(app), form: readParameters(await readForm(request)), request });
      };
      const response = await answer().catch(async (thrown) => {
        const error = toAppError(thrown);
        logError(error, { method: request.method, path: new URL(request.url).pathname });
        // A form of the wrong type or size is a bad request, as everywhere under /o.
        const status = [413, 415].includes(error.status) ? 400 : error.status;
        return problemPage(status, error.description, caller.requestId, await appOfPath(context));
      });
      setHeader(response, "X-Request-Id", caller.requestId);
      return response;
    });
  };
}
