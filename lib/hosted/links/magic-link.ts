/**
 * Where a magic link leads. A program that asks for JSON gets the session, once. A browser gets a page with one button, since mail scanners open
 * links too: only the button uses the link up.
 */
import type { App } from "../../apps/apps";
import { readCookie } from "../../cookies";
import { prefersJson } from "../../http/accept";
import { isForm, readForm, readJson } from "../../http/body";
import { optionalApiKey } from "../../http/guards";
import type { Handler } from "../../http/handler";
import { requireOwnOrigin } from "../../http/origin";
import { logError, toAppError } from "../../http/respond";
import { type GuardInput, route } from "../../http/route";
import { parseInput } from "../../input";
import { browserCookieName, findInteraction } from "../../oauth/authorize/interaction";
import { completeBrowserSignIn, completeSignIn } from "../../signin/complete";
import { deliverSignIn } from "../../signin/delivery";
import { EmailedCode, LinkToken } from "../../signin/inputs";
import { type MagicLink, peekMagicLink, proveByEmailedCode, proveByMagicLink } from "../../signin/magic-link";
import { requireReturnUrl } from "../../social/return-urls";
import { respondToApp } from "../client-response";
import { htmlResponse } from "../html/page";
import { givenName, html } from "../html/template";
import { continueSignedIn, signInCookie } from "../interactions";

interface LinkInput extends GuardInput {
  app: App;
}

/** What went wrong, in the words of a page, with the way to a new link. */
function problem(app: App, thrown: unknown, { request, caller }: GuardInput): Response {
  const error = toAppError(thrown);
  logError(error, { method: request.method, path: new URL(request.url).pathname });
  const body = html`<p>${error.description}</p>
    <div class="actions"><a class="button" href="/o/${app.id}/account/start">Go to the sign-in</a></div><p><small>${caller.requestId}</small></p>`;
  const { headers } = error.options;
  return htmlResponse({ status: error.status, app, title: "That did not work", body, headers });
}

async function question(app: App, token: string): Promise<Response> {
  const { email } = await peekMagicLink(app, token);
  const body = html`<p>To <strong>${givenName(app.name)}</strong>, as <strong>${email}</strong>.</p>
    <form method="post" action="/api/auth/verify/${app.id}"><input type="hidden" name="token" value="${token}">
    <div class="actions"><button type="submit">Sign in</button></div></form>
    <p>If you did not ask for this, close the page.</p>`;
  return htmlResponse({ app, title: "Sign in?", body });
}

function signedIn(app: App, cookie: string, elsewhere: boolean): Response {
  const next = elsewhere
    ? html`<p>You began in another browser. To go on there, type the code of the same mail; or stay here and look at your account.</p>`
    : html`<p>You can close this page, or look at your account.</p>`;
  const body = html`<p>To <strong>${givenName(app.name)}</strong>, in this browser.</p>${next}
    <div class="actions"><a class="button" href="/o/${app.id}/account">Go to your account</a></div>`;
  const page = htmlResponse({ app, title: "You are signed in", body });
  page.headers.append("Set-Cookie", cookie);
  return page;
}

/** Into a session of this browser: on with the request that waits here, or just in. */
async function enterHere({ app, request }: LinkInput, token: string, link: MagicLink): Promise<Response> {
  const { interactionId } = link.payload;
  const browser = readCookie(request, browserCookieName(app.id));
  const waiting = await findInteraction(app.id, interactionId, browser);
  const signIn = await completeBrowserSignIn(app, await proveByMagicLink(app, token));
  if (waiting) return continueSignedIn(request, app, waiting, signIn);
  const { cookie } = await signInCookie(request, app, signIn);
  return signedIn(app, cookie, interactionId !== undefined);
}

/** The page's button. */
async function press(input: LinkInput, token: string): Promise<Response> {
  const { app, request } = input;
  // Otherwise another site could sign its visitor in as a different user.
  requireOwnOrigin(request);
  const link = await peekMagicLink(app, token);
  const { redirectUri, state } = link.payload;
  if (redirectUri === undefined) return enterHere(input, token, link);
  // It may have been taken off the list since the mail went out.
  await requireReturnUrl(app, redirectUri);
  const to = { redirectUri, state, delivery: app.settings.delivery };
  return respondToApp(await deliverSignIn(app, await proveByMagicLink(app, token), to));
}

async function answerJson(app: App, value: Record<string, unknown>) {
  if (value.token === undefined && value.code !== undefined)
    return completeSignIn(app, await proveByEmailedCode(app, parseInput(EmailedCode, value)));
  return completeSignIn(app, await proveByMagicLink(app, parseInput(LinkToken, value).token));
}

/** GET and HEAD never use a link up, unless a program asks for JSON by name. */
export const openLink: Handler = route({
  guard: optionalApiKey,
  run: async ({ app, request, params, caller }) => {
    const token = new URL(request.url).searchParams.get("token") ?? undefined;
    if (request.method === "GET" && prefersJson(request)) return answerJson(app, { token });
    const page = async () => question(app, parseInput(LinkToken, { token }).token);
    return page().catch((thrown) => problem(app, thrown, { request, params, caller }));
  },
});

export const useLink: Handler = route({
  guard: optionalApiKey,
  run: async (input) => {
    const { app, request, params, caller } = input;
    if (!isForm(request)) return answerJson(app, (await readJson(request)).value);
    const form = Object.fromEntries(new URLSearchParams(await readForm(request)));
    if (prefersJson(request) || form.token === undefined) return answerJson(app, form);
    const pressed = async () => press({ app, request, params, caller }, parseInput(LinkToken, form).token);
    return pressed().catch((thrown) => problem(app, thrown, { request, params, caller }));
  },
});
