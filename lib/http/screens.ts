/**
 * The forms of the hosted pages. They post urlencoded to handlers, which answer 303: on success to the next step, on error back to their page,
 * with the error and what was typed (never a password) kept in the interaction. No JavaScript needed.
 */
import { type App, getApp } from "../apps/apps";
import { env } from "../env";
import { fail, failNotFound, isAppError } from "../errors";
import { TENANT_ZERO } from "../ids";
import { parseInput } from "../input";
import {
  browserCookieName,
  consumeInteraction,
  forgetPrompts,
  getInteraction,
  type Interaction,
  markPromptDone,
  rememberForm,
} from "../oauth/authorize/interaction";
import { errorResponseTo, proceed, requestOf } from "../oauth/authorize/proceed";
import { giveConsent } from "../oauth/consent";
import { OAuthError } from "../oauth/errors";
import { type Parameters, readParameters } from "../oauth/parameters";
import { listScopes } from "../oauth/scopes";
import { withRequestContext } from "../request-context";
import { findHostedSession, type HostedSession, sessionCookieName, writeSessionCookie } from "../sessions/cookie";
import type { BrowserSignIn } from "../signin/complete";
import { signInBrowser, signUpInBrowser } from "../signin/hosted";
import { SignInBody, SignUpBody } from "../signin/inputs";
import { screenUrl } from "./authorize";
import { readForm } from "./body";
import { contextOf } from "./caller";
import { redirect, respondToClient } from "./client-response";
import { readCookie, writeCookie } from "./cookies";
import { html, htmlResponse } from "./html/page";
import { isForeign } from "./origin";
import { logError, toAppError } from "./respond";
import type { Handler } from "./route";

export interface FormInput {
  app: App;
  form: Parameters;
  request: Request;
}

function problemPage(status: number, description: string, requestId: string): Response {
  const body = html`<h1>That did not work</h1><p>${description}</p><p><small>${requestId}</small></p>`;
  return htmlResponse({ status, title: "Foyer", body });
}

/** A form of ours: of our own origin, about an App that exists. */
export function formRoute(run: (input: FormInput) => Promise<Response>): Handler {
  return async (request, context) => {
    const caller = context.caller ?? contextOf(request.headers);
    return withRequestContext(caller, async () => {
      const facts = {
        method: request.method,
        secFetchSite: request.headers.get("sec-fetch-site"),
        origin: request.headers.get("origin"),
      };
      const answer = async () => {
        if (isForeign(facts, env().PUBLIC_URL))
          fail(403, "foreign_origin", "This form may only be sent from its own page. Open the page again and retry.");
        const { app } = (await context.params) as { app: string };
        // Developers sign in at the dashboard; their App has no hosted pages.
        if (app === TENANT_ZERO) failNotFound("The page");
        return run({ app: await getApp(app), form: readParameters(await readForm(request)), request });
      };
      const response = await answer().catch((thrown) => {
        const error = toAppError(thrown);
        logError(error, { method: request.method, path: new URL(request.url).pathname });
        return problemPage(error.status, error.description, caller.requestId);
      });
      response.headers.set("X-Request-Id", caller.requestId);
      return response;
    });
  };
}

function interactionOf({ app, form, request }: FormInput): Promise<Interaction> {
  return getInteraction(app.id, form.get("interaction"), readCookie(request, browserCookieName(app.id)));
}

/** Where an interaction goes from here, for whoever is signed in now. */
async function next(
  app: App,
  interaction: Interaction,
  session: HostedSession | null,
  cookies: string[] = [],
): Promise<Response> {
  if (interaction.clientId === null) return redirect(screenUrl(app, "account"), cookies);
  const step = await proceed(await requestOf(app, interaction), session, interaction);
  if (step.type === "respond") return respondToClient(step.response, cookies);
  return redirect(screenUrl(app, step.screen, interaction.id), cookies);
}

/** A new cookie at each sign-in, so that one planted before is worth nothing. */
function signInCookie(app: App, signIn: BrowserSignIn): { cookie: string; value: string } {
  const value = writeSessionCookie(signIn.sessionId, signIn.cookieSecret);
  return { value, cookie: writeCookie(sessionCookieName(app.id), value, app.settings.session_ttl_seconds) };
}

/** In the words of a person's page; the API's speak to a developer. */
const EMAIL_TAKEN = "There is an account with this address already. Sign in instead.";

/** Shows a form again with what was wrong; what is not the person's to mend stays an error. */
async function showAgain(
  app: App,
  interaction: Interaction,
  screen: "signin" | "signup",
  form: Parameters,
  thrown: unknown,
): Promise<Response> {
  const error = isAppError(thrown) ? thrown : toAppError(thrown);
  if (error.status >= 500) throw error;
  await rememberForm(interaction, {
    screen,
    email: form.get("email")?.slice(0, 320),
    name: form.get("name")?.slice(0, 200),
    message: error.options.fields ? undefined : error.description,
    fields: error.code === "email_taken" ? { email: EMAIL_TAKEN } : error.options.fields,
  });
  return redirect(screenUrl(app, screen, interaction.id));
}

function credentialForm(
  screen: "signin" | "signup",
  signIn: (app: App, form: Parameters) => Promise<BrowserSignIn>,
): Handler {
  return formRoute(async (input) => {
    const { app, form } = input;
    const interaction = await interactionOf(input);
    let signedIn: BrowserSignIn;
    try {
      signedIn = await signIn(app, form);
    } catch (thrown) {
      return showAgain(app, interaction, screen, form, thrown);
    }
    await rememberForm(interaction, {});
    const { cookie, value } = signInCookie(app, signedIn);
    return next(app, await forgetPrompts(interaction), await findHostedSession(app.id, value), [cookie]);
  });
}

function fieldsOf(form: Parameters): Record<string, string | undefined> {
  return { email: form.get("email"), password: form.get("password"), name: form.get("name") };
}

export const signInForm = credentialForm("signin", (app, form) =>
  signInBrowser(app, parseInput(SignInBody, fieldsOf(form))),
);
export const signUpForm = credentialForm("signup", (app, form) =>
  signUpInBrowser(app, parseInput(SignUpBody, fieldsOf(form))),
);

/** "Go on as …", or as somebody else. */
export const selectAccountForm = formRoute(async (input) => {
  const { app, form, request } = input;
  const interaction = await interactionOf(input);
  if (form.get("decision") !== "continue") return redirect(screenUrl(app, "signin", interaction.id));
  const session = await findHostedSession(app.id, readCookie(request, sessionCookieName(app.id)));
  // Whoever is chosen now answers for themselves.
  return next(app, await markPromptDone(await forgetPrompts(interaction), "select_account"), session);
});

/** Which of the asked scopes the user left ticked: those that are not optional are not theirs to untick. */
async function consentedScopes(
  app: App,
  asked: string[],
  form: Parameters,
): Promise<{ allowed: string[]; declined: string[] }> {
  const known = await listScopes(app.id);
  const isAllowed = (scope: string) => !known.get(scope)?.optional || form.get(`scope:${scope}`) !== undefined;
  return { allowed: asked.filter(isAllowed), declined: asked.filter((scope) => !isAllowed(scope)) };
}

export const consentForm = formRoute(async (input) => {
  const { app, form, request } = input;
  const interaction = await interactionOf(input);
  const session = await findHostedSession(app.id, readCookie(request, sessionCookieName(app.id)));
  const asked = await requestOf(app, interaction);
  // The page was shown to somebody; whoever is signed in now must be the one who answers.
  if (!session || form.get("user") !== session.userId) return next(app, interaction, session);
  const decision = form.get("decision");
  if (decision === "deny") {
    await consumeInteraction(interaction);
    const denied = new OAuthError("access_denied", "The user did not allow this"); // RFC 6749 §4.1.2.1
    return respondToClient(errorResponseTo(asked, denied));
  }
  if (decision !== "allow") fail(400, "invalid_request", "Choose allow or deny.");
  const { allowed, declined } = await consentedScopes(app, asked.scopes, form);
  await giveConsent(app.id, session.userId, asked.client.id, allowed, declined);
  return next(app, await markPromptDone(interaction, "consent"), session);
});
