/**
 * A form of the hosted pages: a urlencoded POST from Foyer's own origin, for an App that exists.
 */

import { type App, getApp } from "../apps/apps";
import { type AppError, failPageNotFound } from "../errors";
import { readForm } from "../http/body";
import { type Handler, type HandlerInput, handler } from "../http/handler";
import { requireOwnOrigin } from "../http/origin";
import type { HttpRequest } from "../http/request";
import { TENANT_ZERO } from "../ids";
import { type Parameters, readParameters } from "../oauth/parameters";
import { appOfPath } from "./app-of-request";
import { problemPage } from "./problem-page";

interface Known {
  app: App;
  form: Parameters;
}

export interface FormInput extends Known {
  request: HttpRequest;
}

/** For errors that no page can show beside its form. */
export async function renderFormError(error: AppError, { params, caller }: HandlerInput<Known>): Promise<Response> {
  // A form of the wrong type or size is a bad request, as everywhere under /o.
  const status = [413, 415].includes(error.status) ? 400 : error.status;
  const app = await appOfPath(params);
  return problemPage(error, { app, status, title: "Something went wrong", requestId: caller.requestId });
}

export function formRoute(
  run: (input: FormInput) => Promise<Response>,
  renderError: (error: AppError, input: HandlerInput<Known>) => Response | Promise<Response> = renderFormError,
  { forDevelopers = false }: { forDevelopers?: boolean } = {},
): Handler {
  return handler<Known>(async ({ request, params, known }) => {
    requireOwnOrigin(request);
    // Developers sign in at the dashboard, so tenant zero has only the pages of the second factor.
    if (params.app === TENANT_ZERO && !forDevelopers) failPageNotFound();
    const app = await getApp(params.app ?? "");
    known.app = app;
    const form = readParameters(await readForm(request));
    known.form = form;
    return run({ app, form, request });
  }, renderError);
}
