/**
 * Where the mails of an account lead. A link that is good opens its page; for any other the answer is given here, since a page of Next cannot
 * choose its status. Looking uses nothing up: mail scanners look too.
 */
import { peekInvitation } from "../../account/accept-invitation";
import { peekEmailChange } from "../../account/change-email";
import { peekVerification } from "../../account/email-verification";
import { peekPasswordReset } from "../../account/reset-password";
import { type App, getApp } from "../../apps/apps";
import { failPageNotFound } from "../../errors";
import { contextOf } from "../../http/caller";
import type { Handler } from "../../http/handler";
import { logError, toAppError } from "../../http/respond";
import { TENANT_ZERO } from "../../ids";
import { LINK_PAGES, type LinkPurpose } from "../../one-time/account-links";
import { withRequestContext } from "../../request-context";
import { LinkToken } from "../../signin/inputs";
import { redirect } from "../client-response";
import { problemPage } from "../form-route";
import { htmlResponse } from "../html/page";
import { html } from "../html/template";

const LOOK: Record<LinkPurpose, (app: App, token: string) => Promise<unknown>> = {
  verify_email: peekVerification,
  reset_password: peekPasswordReset,
  change_email: peekEmailChange,
  user_invitation: peekInvitation,
};

/** What a link is about, without using it up; throws what linkProblem explains. */
export async function lookAtLink(app: App, purpose: LinkPurpose, token: string): Promise<void> {
  await LOOK[purpose](app, token);
}

interface Way {
  words: string;
  /** Under the App's pages, and under the dashboard's. */
  hosted: string;
  dashboard: string;
}

const SIGN_IN: Way = { words: "Go to the sign-in", hosted: "account/start", dashboard: "login" };

/** What to do instead. */
const WAYS: Record<LinkPurpose, Way> = {
  verify_email: SIGN_IN,
  reset_password: { words: "Ask for a new link", hosted: "forgot", dashboard: "forgot-password" },
  change_email: { ...SIGN_IN, words: "Go to your account" },
  user_invitation: SIGN_IN,
};

/** Why a link leads nowhere, with its status and the way on. */
export function linkProblem(app: App, purpose: LinkPurpose, thrown: unknown, requestId: string): Response {
  const error = toAppError(thrown);
  logError(error, { method: "LINK", path: purpose });
  const { words, hosted, dashboard } = WAYS[purpose];
  const way = app.id === TENANT_ZERO ? `/${dashboard}` : `/o/${app.id}/${hosted}`;
  const body = html`<p>${error.description}</p>
    <div class="actions"><a class="button" href="${way}">${words}</a></div><p><small>${requestId}</small></p>`;
  const { headers } = error.options;
  return htmlResponse({ status: error.status, app, title: "This link does not work", body, headers });
}

/** Whatever was sent for a token; what cannot be one is an unknown one. */
function tokenIn(request: Request): string {
  const token = new URL(request.url).searchParams.get("token");
  return LinkToken.safeParse({ token }).data?.token ?? "-";
}

/** `app` is absent in the path of developers' links, which have pages of their own. */
function linkRoute(purpose: LinkPurpose): Handler {
  const { hosted, dashboard } = LINK_PAGES[purpose];
  const look = async (request: Request, app: App, page: string): Promise<Response> => {
    const token = tokenIn(request);
    await lookAtLink(app, purpose, token);
    return redirect(`${page}/confirm?token=${encodeURIComponent(token)}`);
  };
  return async (request, context) => {
    const caller = context.caller ?? contextOf(request.headers);
    const answer = async () => {
      const { app: appId } = ((await context.params) ?? {}) as { app?: string };
      if (appId === TENANT_ZERO) failPageNotFound();
      const app = await getApp(appId ?? TENANT_ZERO);
      const page = appId ? `/o/${app.id}/${hosted}` : `/${dashboard}`;
      return look(request, app, page).catch((thrown) => linkProblem(app, purpose, thrown, caller.requestId));
    };
    return withRequestContext(caller, async () => {
      const response = await answer().catch((thrown) => {
        const { status, description } = toAppError(thrown);
        return problemPage(status, description, caller.requestId, null);
      });
      response.headers.set("X-Request-Id", caller.requestId);
      return response;
    });
  };
}

export const verifyLink = linkRoute("verify_email");
export const resetLink = linkRoute("reset_password");
export const changeEmailLink = linkRoute("change_email");
export const invitationLink = linkRoute("user_invitation");
