/**
 * The link of a magic link email, `/api/auth/verify/{app_id}`. A program that asks for JSON gets
 * the session. A browser gets a page with a button, and only the button uses the link up, since
 * mail scanners open links too.
 */
import type { App } from "../../apps/apps";
import { prefersJson } from "../../http/accept";
import { isForm, readForm, readJson } from "../../http/body";
import { requireOwnOrigin } from "../../http/origin";
import type { HttpRequest } from "../../http/request";
import { logError, toAppError } from "../../http/respond";
import { parseInput, parseKnownInput } from "../../input";
import { isInteractionPending } from "../../oauth/authorize/interaction";
import { requestContext } from "../../request-context";
import { isPasswordAtStake } from "../../signin/claim-account";
import { completeBrowserSignIn, completeSignIn } from "../../signin/complete";
import { proveByEmailedCode } from "../../signin/emailed-code";
import { EmailedCode, LinkToken } from "../../signin/inputs";
import { type MagicLink, peekMagicLink, proveByMagicLink } from "../../signin/magic-link";
import { requireReturnUrl } from "../../social/return-urls";
import { bindBrowser } from "../browser-binding";
import type { FormInput } from "../form-route";
import { FORM_LOCK } from "../html/form-lock";
import { htmlResponse } from "../html/page";
import { givenName, html } from "../html/template";
import { continueSignedIn, findBrowserInteraction } from "../interactions";
import { pageUrl } from "../page-urls";
import { problemPage } from "../problem-page";
import { submitOnce } from "../repeated-form";
import { startSession } from "../session";
import { continueWithFactor, deliverFromBrowser, signingIn } from "../signing-in";

interface LinkInput {
  app: App;
  request: HttpRequest;
}

/** Programs get errors as JSON from the route itself; browsers get a page. */
async function withErrorPage({ app, request }: LinkInput, run: () => Promise<Response>): Promise<Response> {
  try {
    return await run();
  } catch (thrown) {
    const requestId = requestContext()?.requestId ?? "-";
    const error = toAppError(thrown);
    logError(error, { method: request.method, path: new URL(request.url).pathname });
    const link = { label: "Go to sign-in", href: pageUrl(app, "account/start") };
    return problemPage(error, { app, title: "This sign-in can’t continue", link, requestId });
  }
}

/** Whether the sign-in that requested the email waits in another browser. */
async function isWaitingElsewhere(input: LinkInput, { payload: { interactionId } }: MagicLink): Promise<boolean> {
  if (interactionId === undefined || (await findBrowserInteraction(input, interactionId))) return false;
  return isInteractionPending(input.app.id, interactionId);
}

const PASSWORD_NOTICE = html`<p>This account has a password that was set before the email address was verified, possibly by another person.
  Signing in removes that password. You can set a new one afterwards.</p>`;

/** The link to the other browser uses nothing up, so the code of the email stays valid. */
async function confirmationPage(input: LinkInput, token: string): Promise<Response> {
  const { app, request } = input;
  const link = await peekMagicLink(app, token);
  const [elsewhere, losesPassword] = await Promise.all([
    isWaitingElsewhere(input, link),
    isPasswordAtStake(app.id, link.email ?? ""),
  ]);
  const body = html`<p>You are signing in to <strong>${givenName(app.name)}</strong> as <strong>${link.email}</strong>.</p>
    ${elsewhere && html`<p>You started to sign in with another browser.</p>`}${losesPassword && PASSWORD_NOTICE}
    <form method="post" action="/o/${app.id}/magic-link/link/submit"><input type="hidden" name="token" value="${token}">
    <div class="actions"><button type="submit">${elsewhere ? "Sign in here" : "Sign in"}</button>
    ${elsewhere && html`<a class="button quiet" href="${pageUrl(app, "done/continue")}">Continue there with the code in the email</a>`}</div></form>
    <p>If you didn’t request this, close this page.</p>`;
  const page = htmlResponse({ app, title: "Sign in?", body, script: FORM_LOCK });
  for (const cookie of bindBrowser(request, app.id).cookies) page.headers.append("Set-Cookie", cookie);
  return page;
}

/** `startedElsewhere`: the sign-in that is pending in another browser needs a new email. */
function signedInPage(app: App, cookies: string[], startedElsewhere: boolean): Response {
  const next = startedElsewhere
    ? html`<p>To sign in with the other browser too, request another email there.</p>`
    : html`<p>You can close this page, or continue to your account.</p>`;
  const body = html`<p>You are signed in to <strong>${givenName(app.name)}</strong> in this browser.</p>${next}
    <div class="actions"><a class="button" href="${pageUrl(app, "account")}">Go to your account</a></div>`;
  const page = htmlResponse({ app, title: "You are signed in", body });
  for (const cookie of cookies) page.headers.append("Set-Cookie", cookie);
  return page;
}

/** Continues the pending interaction of this browser, or shows that the user is signed in. */
async function signInBrowser(input: LinkInput, token: string, link: MagicLink): Promise<Response> {
  const { app, request } = input;
  const { interactionId } = link.payload;
  const interaction = await findBrowserInteraction(input, interactionId);
  const goal = interaction
    ? ({ type: "interaction", id: interaction.id } as const)
    : ({ type: "account", page: "account" } as const);
  const { cookies: bound, ...browser } = signingIn(request, app, goal);
  const signIn = await completeBrowserSignIn(app, await proveByMagicLink(app, token), browser);
  if (interaction) return continueSignedIn(request, app, interaction, signIn);
  if (signIn.type === "pending") return continueWithFactor(app, signIn, bound);
  const { cookies } = await startSession(request, app, signIn);
  return signedInPage(app, cookies, await isWaitingElsewhere(input, link));
}

async function submitConfirmation(input: LinkInput, token: string): Promise<Response> {
  const { app } = input;
  const link = await peekMagicLink(app, token);
  const { redirectUri, state } = link.payload;
  if (redirectUri === undefined) return signInBrowser(input, token, link);
  // The App may have removed the URL since the email was sent.
  await requireReturnUrl(app, redirectUri);
  const to = { redirectUri, state, delivery: app.settings.delivery };
  return deliverFromBrowser(input.request, app, await proveByMagicLink(app, token), to);
}

async function signInProgram(app: App, value: Record<string, unknown>) {
  if (value.token === undefined && value.code !== undefined)
    return completeSignIn(app, await proveByEmailedCode(app, parseKnownInput(EmailedCode, value)));
  return completeSignIn(app, await proveByMagicLink(app, parseKnownInput(LinkToken, value).token));
}

/** Uses the link up only for a GET that prefers JSON. */
export async function openMagicLink(input: LinkInput) {
  const { app, request } = input;
  const token = new URL(request.url).searchParams.get("token") ?? undefined;
  if (request.method === "GET" && prefersJson(request)) return signInProgram(app, { token });
  return withErrorPage(input, async () => confirmationPage(input, parseInput(LinkToken, { token }).token));
}

/** The page's button: the result is a redirect or a page. */
function pressButton(input: LinkInput, sent: string | undefined): Promise<Response> {
  return withErrorPage(input, async () => {
    // Otherwise another site could sign its visitor in as a different user.
    requireOwnOrigin(input.request);
    const { token } = parseInput(LinkToken, { token: sent });
    return submitOnce({ ...input, answer: token }, () => submitConfirmation(input, token));
  });
}

/** The page posts here and not to the API, whose path the session cookie isn't sent to. */
export function submitMagicLinkPage({ app, request, form }: FormInput): Promise<Response> {
  return pressButton({ app, request }, form.get("token"));
}

/** JSON, or a form, which may come from a program or from the confirmation page. */
export async function submitMagicLink(input: LinkInput) {
  const { app, request } = input;
  if (!isForm(request)) return signInProgram(app, (await readJson(request)).value);
  const form = Object.fromEntries(new URLSearchParams(await readForm(request)));
  if (prefersJson(request) || form.token === undefined) return signInProgram(app, form);
  return pressButton(input, form.token);
}
