/**
 * The links in account emails. A valid link redirects to its page; an invalid one gets an error
 * page. Opening a link does not use it up, since mail scanners open links too.
 */
import { peekInvitation } from "../../account/accept-invitation";
import { peekEmailChange } from "../../account/change-email";
import { peekPasswordReset } from "../../account/reset-password";
import { peekVerification } from "../../account/verify-email";
import { type App, getApp } from "../../apps/apps";
import { type AppError, failPageNotFound } from "../../errors";
import { type Handler, handler } from "../../http/handler";
import { redirect } from "../../http/respond";
import { TENANT_ZERO } from "../../ids";
import { LINK_PAGES, type LinkPurpose } from "../../one-time/account-links";
import { LinkToken } from "../../signin/inputs";
import { bindBrowser } from "../browser-binding";
import { problemPage } from "../problem-page";

const CHECKS: Record<LinkPurpose, (app: App, token: string) => Promise<unknown>> = {
  verify_email: peekVerification,
  reset_password: peekPasswordReset,
  change_email: peekEmailChange,
  user_invitation: peekInvitation,
};

/** Does not use the link up. @throws for a link that is invalid, used or expired */
export async function checkLink(app: App, purpose: LinkPurpose, token: string): Promise<void> {
  await CHECKS[purpose](app, token);
}

/** A malformed token becomes an unknown one. */
export function readToken(token: string | null | undefined): string {
  return LinkToken.safeParse({ token }).data?.token ?? "-";
}

interface Alternative {
  label: string;
  /** The page of the App, and the one of the dashboard. */
  hosted: string;
  dashboard: string;
}

const SIGN_IN: Alternative = { label: "Go to sign-in", hosted: "account/start", dashboard: "login" };

/** What the error page offers instead. */
const ALTERNATIVES: Record<LinkPurpose, Alternative> = {
  verify_email: SIGN_IN,
  reset_password: { label: "Request a new link", hosted: "forgot", dashboard: "forgot-password" },
  change_email: { ...SIGN_IN, label: "Go to your account" },
  user_invitation: SIGN_IN,
};

export function linkProblemPage(error: AppError, app: App, purpose: LinkPurpose, requestId: string): Response {
  const { label, hosted, dashboard } = ALTERNATIVES[purpose];
  const href = app.id === TENANT_ZERO ? `/${dashboard}` : `/o/${app.id}/${hosted}`;
  return problemPage(error, { app, title: "This link doesn’t work", link: { label, href }, requestId });
}

/** The links of developers have no App in their path and lead to pages of the dashboard. */
export function linkRoute(purpose: LinkPurpose): Handler {
  const { hosted, dashboard } = LINK_PAGES[purpose];
  return handler<{ app: App }>(
    async ({ request, params, known }) => {
      if (params.app === TENANT_ZERO) failPageNotFound();
      const app = await getApp(params.app ?? TENANT_ZERO);
      known.app = app;
      const token = readToken(new URL(request.url).searchParams.get("token"));
      await checkLink(app, purpose, token);
      const page = params.app ? `/o/${app.id}/${hosted}` : `/${dashboard}`;
      // The form behind the link recognizes a repeated submission by this cookie.
      const cookies = params.app ? bindBrowser(request, app.id).cookies : [];
      return redirect(`${page}/confirm?token=${encodeURIComponent(token)}`, cookies);
    },
    (error, { caller: { requestId }, known: { app } }) =>
      app
        ? linkProblemPage(error, app, purpose, requestId)
        : problemPage(error, { app: null, title: "Something went wrong", requestId }),
  );
}
