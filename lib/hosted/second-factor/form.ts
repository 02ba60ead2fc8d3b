/** A form of the pages of the second factor: it acts on a pending sign-in of this browser. */
import type { App } from "../../apps/apps";
import { type AppError, isAppError } from "../../errors";
import type { Handler, HandlerInput } from "../../http/handler";
import { TENANT_ZERO } from "../../ids";
import type { Pending } from "../../signin/pending";
import { appOfPath } from "../app-of-request";
import { redirectWithFlash } from "../flash";
import { type FormInput, formRoute } from "../form-route";
import { pageUrl } from "../page-urls";
import { problemPage } from "../problem-page";
import { singleUse } from "../repeated-form";
import { secondFactorUrl } from "../signing-in";
import { pendingOf } from "./finish";

export interface PendingInput extends FormInput {
  pending: Pending;
}

export const SENT = "&sent=1";

const SHOWN = ["invalid_code", "invalid_passkey", "passkey_exists", "rate_limited"];

/** What the page shows beside its field. Any other error ends the sign-in. */
function problemOf(thrown: unknown): string | null {
  if (!isAppError(thrown)) return null;
  if (thrown.options.fields) return thrown.options.fields.code ?? null;
  return SHOWN.includes(thrown.code) ? thrown.description : null;
}

/** The page again, with the error of the form beside its field. */
export function showWayAgain({ app, form }: FormInput, pending: Pending, code: string): Response {
  // The page of an emailed code shows its field only once the code is sent.
  const way = form.get("way");
  const page = `${secondFactorUrl(app, pending.id, way)}${form.get("sent") ? SENT : ""}`;
  return redirectWithFlash(app, page, { ok: false, message: code, fields: { code }, form: way });
}

/** Where the user can start again. */
function startOf(app: App): { label: string; href: string } {
  if (app.id === TENANT_ZERO) return { label: "Go to sign-in", href: "/login" };
  return { label: "Go to your account", href: pageUrl(app, "account/start") };
}

async function renderProblem(error: AppError, { params, caller }: HandlerInput): Promise<Response> {
  const app = await appOfPath(params);
  const title = error.code === "interaction_ended" ? "This sign-in has expired" : "This sign-in can’t continue";
  const link = app ? startOf(app) : undefined;
  return problemPage(error, { app, title, link, requestId: caller.requestId });
}

function withPending(run: (input: PendingInput) => Promise<Response>) {
  return async (input: FormInput): Promise<Response> => {
    const pending = await pendingOf(input, input.form.get("sign_in"));
    try {
      return await run({ ...input, pending });
    } catch (thrown) {
      const problem = problemOf(thrown);
      if (problem === null) throw thrown;
      return showWayAgain(input, pending, problem);
    }
  };
}

/** A second tab or a double click gets the first result. */
export function secondFactorForm(run: (input: PendingInput) => Promise<Response>): Handler {
  return formRoute(singleUse(withPending(run)), renderProblem, { forDevelopers: true });
}

/** A form that may be sent again and again, such as one that sends an email. */
export function repeatableForm(run: (input: PendingInput) => Promise<Response>): Handler {
  return formRoute(withPending(run), renderProblem, { forDevelopers: true });
}
