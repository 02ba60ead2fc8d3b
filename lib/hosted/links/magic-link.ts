/**
 * The link of a magic link email, `/api/auth/verify/{app_id}`. A program that asks for JSON gets
 * the session. A browser gets a page with a button, and only the button uses the link up, since
 * mail scanners open links too.
 */
import { type App, getApp } from "../../apps/apps";
import { failPageNotFound } from "../../errors";
import { prefersJson } from "../../http/accept";
import { isForm, readForm, readJson } from "../../http/body";
import { requireOwnOrigin } from "../../http/origin";
import type { HttpRequest } from "../../http/request";
import { logError, redirect, toAppError } from "../../http/respond";
import { TENANT_ZERO } from "../../ids";
import { parseInput, parseKnownInput } from "../../input";
import { requestContext } from "../../request-context";
import type { KnownPassword } from "../../signin/claim-account";
import { completeBrowserSignIn, completeSignIn } from "../../signin/complete";
import { proveByEmailedCode } from "../../signin/emailed-code";
import { EmailedCode, LinkToken } from "../../signin/inputs";
import { type MagicLink, peekMagicLink, proveByMagicLink } from "../../signin/magic-link";
import { requireReturnUrl } from "../../social/return-urls";
import type { FormInput } from "../form-route";
import { htmlResponse } from "../html/page";
import { givenName, html } from "../html/template";
import { continueSignedIn, findBrowserInteraction } from "../interactions";
import { pageUrl } from "../page-urls";
import { problemPage } from "../problem-page";
import { asRejected, submitOnce } from "../repeated-form";
import { startSession } from "../session";
import { continueWithFactor, deliverFromBrowser, signingIn } from "../signing-in";
import { findKeepablePassword, requireKnownPassword } from "./known-password";
import { isWaitingElsewhere, type LinkInput, magicLinkPage } from "./magic-link-page";

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
async function signInBrowser(
  input: LinkInput,
  { token, link, known }: { token: string; link: MagicLink; known: KnownPassword | undefined },
): Promise<Response> {
  const { app, request } = input;
  const { interactionId } = link.payload;
  const interaction = await findBrowserInteraction(input, interactionId);
  const goal = interaction
    ? ({ type: "interaction", id: interaction.id } as const)
    : ({ type: "account", page: "account" } as const);
  const { cookies: bound, ...browser } = signingIn(request, app, goal);
  const signIn = await completeBrowserSignIn(app, await proveByMagicLink(app, token, known), browser);
  if (interaction) return continueSignedIn(request, app, interaction, signIn);
  if (signIn.type === "pending") return continueWithFactor(app, signIn, bound);
  const { cookies } = await startSession(request, app, signIn);
  return signedInPage(app, cookies, await isWaitingElsewhere(input, link));
}

interface Submission {
  token: string;
  /** Whether to keep the password of a never-verified account. */
  keep: boolean;
  password: string | undefined;
}

async function submitConfirmation(input: LinkInput, { token, keep, password }: Submission): Promise<Response> {
  const { app } = input;
  const link = await peekMagicLink(app, token);
  const known = keep ? await requireKnownPassword(input, link.email ?? "", { name: "password", password }) : undefined;
  const { redirectUri, state } = link.payload;
  if (redirectUri === undefined) return signInBrowser(input, { token, link, known });
  // The App may have removed the URL since the email was sent.
  await requireReturnUrl(app, redirectUri);
  const to = { redirectUri, state, delivery: app.settings.delivery };
  return deliverFromBrowser(input.request, app, await proveByMagicLink(app, token, known), to);
}

/** The page again with what is wrong with the password. The link stays unused. */
async function showProblem(input: LinkInput, { token }: Submission, thrown: unknown): Promise<Response> {
  const { status, options, description } = toAppError(thrown);
  const field = options.fields?.password;
  if (field === undefined && status !== 429) throw thrown;
  const problem = field === undefined ? description : `The password ${field}.`;
  return asRejected(await magicLinkPage(input, token, { problem }));
}

async function signInProgram(app: App, value: Record<string, unknown>) {
  if (value.token === undefined && value.code !== undefined)
    return completeSignIn(app, await proveByEmailedCode(app, parseKnownInput(EmailedCode, value)));
  return completeSignIn(app, await proveByMagicLink(app, parseKnownInput(LinkToken, value).token));
}

function tokenInQuery({ url }: HttpRequest): string | undefined {
  return new URL(url).searchParams.get("token") ?? undefined;
}

/** Uses the link up only for a GET that prefers JSON. */
export async function openMagicLink(input: LinkInput) {
  const { app, request } = input;
  const token = tokenInQuery(request);
  if (request.method === "GET" && prefersJson(request)) return signInProgram(app, { token });
  return withErrorPage(input, async () => {
    const sent = parseInput(LinkToken, { token }).token;
    const { email } = await peekMagicLink(app, sent);
    if (!(await findKeepablePassword(app, email ?? "", async () => null))) return magicLinkPage(input, sent);
    // The session cookie, which may show that the user knows the password, isn't sent to the API.
    return redirect(`/o/${app.id}/magic-link/link?token=${encodeURIComponent(sent)}`);
  });
}

/** `GET /o/{app}/magic-link/link`: the page of the link where the session cookie is sent to. */
export async function openMagicLinkPage({ request, params }: { request: HttpRequest; params: Record<string, string> }) {
  if (params.app === TENANT_ZERO) failPageNotFound();
  const input = { app: await getApp(params.app ?? ""), request };
  return withErrorPage(input, () =>
    magicLinkPage(input, parseInput(LinkToken, { token: tokenInQuery(request) }).token),
  );
}

/** The page's buttons: the result is a redirect or a page. */
function pressButton(input: LinkInput, form: { get: (name: string) => string | null | undefined }): Promise<Response> {
  return withErrorPage(input, async () => {
    // Otherwise another site could sign its visitor in as a different user.
    requireOwnOrigin(input.request);
    const { token } = parseInput(LinkToken, { token: form.get("token") ?? undefined });
    const submission = { token, keep: form.get("keep_password") === "1", password: form.get("password") ?? undefined };
    return submitOnce({ ...input, answer: submission }, () =>
      submitConfirmation(input, submission).catch((thrown) => showProblem(input, submission, thrown)),
    );
  });
}

/** The page posts here and not to the API, whose path the session cookie isn't sent to. */
export function submitMagicLinkPage({ app, request, form }: FormInput): Promise<Response> {
  return pressButton({ app, request }, form);
}

/** JSON, or a form, which may come from a program or from the confirmation page. */
export async function submitMagicLink(input: LinkInput) {
  const { app, request } = input;
  if (!isForm(request)) return signInProgram(app, (await readJson(request)).value);
  const form = new URLSearchParams(await readForm(request));
  if (prefersJson(request) || !form.has("token")) return signInProgram(app, Object.fromEntries(form));
  return pressButton(input, form);
}
