/** The page of a magic link in a browser, which asks before it signs the user in. */
import type { App } from "../../apps/apps";
import type { HttpRequest } from "../../http/request";
import { isInteractionPending } from "../../oauth/authorize/interaction";
import { findPasswordAtStake } from "../../signin/claim-account";
import { type MagicLink, peekMagicLink } from "../../signin/magic-link";
import { bindBrowser } from "../browser-binding";
import { FORM_LOCK } from "../html/form-lock";
import { htmlResponse } from "../html/page";
import { givenName, type Html, html } from "../html/template";
import { findBrowserInteraction } from "../interactions";
import { pageUrl } from "../page-urls";
import { findSession } from "../session";
import { findKeepablePassword, type KeepablePassword } from "./known-password";

export interface LinkInput {
  app: App;
  request: HttpRequest;
}

/** Whether the sign-in that requested the email waits in another browser. */
export async function isWaitingElsewhere(
  input: LinkInput,
  { payload: { interactionId } }: MagicLink,
): Promise<boolean> {
  if (interactionId === undefined || (await findBrowserInteraction(input, interactionId))) return false;
  return isInteractionPending(input.app.id, interactionId);
}

interface Shown {
  app: App;
  token: string;
  link: MagicLink;
  elsewhere: boolean;
}

/** The link to the other browser uses nothing up, so the code of the email stays valid. */
function elsewhereLink({ app, elsewhere }: Shown): Html | false {
  return (
    elsewhere &&
    html`<a class="button quiet" href="${pageUrl(app, "done/continue")}">Continue there with the code in the email</a>`
  );
}

function form({ app, token }: Shown, content: Html): Html {
  return html`<form method="post" action="/o/${app.id}/magic-link/link/submit"><input type="hidden" name="token" value="${token}">${content}</form>`;
}

const SET_BEFORE = html`<p>This account has a password that was set before the email address was verified, possibly by another person.`;

function signInForm(shown: Shown, losesPassword: boolean): Html {
  const notice =
    losesPassword && html`${SET_BEFORE} Signing in removes that password. You can set a new one afterwards.</p>`;
  return html`${notice}${form(
    shown,
    html`<div class="actions"><button type="submit">${shown.elsewhere ? "Sign in here" : "Sign in"}</button>${elsewhereLink(shown)}</div>`,
  )}`;
}

/** Two forms, so that Enter in the field of the password keeps it. */
function passwordForms(shown: Shown, { sessionId }: KeepablePassword, problem: string | undefined): Html {
  const error = problem !== undefined && html`<p class="error" id="problem" role="alert">${problem}</p>`;
  const state = html` aria-invalid="true" aria-describedby="problem" autofocus`;
  const proof = sessionId
    ? html`<p>You signed in with this password in this browser.</p>${error}`
    : html`<input type="email" name="email" value="${shown.link.email}" autocomplete="username" readonly hidden>
      <label for="password">Enter the password to keep it</label>
      <input type="password" id="password" name="password" autocomplete="current-password" autocapitalize="none" spellcheck="false" required${problem !== undefined && state}>${error}`;
  return html`${SET_BEFORE} Keep it only if you set it yourself. Either way, signing in signs out all other devices and removes linked accounts and second factors that were added before.</p>
    ${form(
      shown,
      html`<input type="hidden" name="keep_password" value="1">${proof}<div class="actions"><button type="submit">Keep the password and sign in</button></div>`,
    )}
    ${form(
      shown,
      html`<div class="actions"><button type="submit" class="quiet">Remove the password and sign in</button>${elsewhereLink(shown)}</div>`,
    )}`;
}

/** `problem`: why the password could not be kept. */
export async function magicLinkPage(
  input: LinkInput,
  token: string,
  { problem }: { problem?: string } = {},
): Promise<Response> {
  const { app, request } = input;
  const link = await peekMagicLink(app, token);
  const email = link.email ?? "";
  const [elsewhere, keepable] = await Promise.all([
    isWaitingElsewhere(input, link),
    findKeepablePassword(app, email, () => findSession(request, app)),
  ]);
  const shown = { app, token, link, elsewhere };
  const losesPassword = !keepable && (await findPasswordAtStake(app.id, email)) !== null;
  const body = html`<p>You are signing in to <strong>${givenName(app.name)}</strong> as <strong>${email}</strong>.</p>
    ${elsewhere && html`<p>You started to sign in with another browser.</p>`}
    ${keepable ? passwordForms(shown, keepable, problem) : signInForm(shown, losesPassword)}
    <p>If you didn’t request this, close this page.</p>`;
  const isError = problem !== undefined;
  const status = isError ? 400 : 200;
  const page = htmlResponse({ app, title: "Sign in?", isError, status, body, script: FORM_LOCK });
  for (const cookie of bindBrowser(request, app.id).cookies) page.headers.append("Set-Cookie", cookie);
  return page;
}
