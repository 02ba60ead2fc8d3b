/** What the forms of a waiting request have in common: whose browser it is, where it goes from here, and how a form is shown again. */
import type { App } from "../apps/apps";
import { readCookie, writeCookie } from "../cookies";
import { isAppError } from "../errors";
import { toAppError } from "../http/respond";
import {
  browserCookieName,
  type FormScreen,
  getInteraction,
  type Interaction,
  reauthenticationPage,
  resetPrompts,
  saveForm,
} from "../oauth/authorize/interaction";
import { proceed, restoreRequest } from "../oauth/authorize/proceed";
import { screenUrl, sessionOf } from "../oauth/endpoints/authorize";
import type { Parameters } from "../oauth/parameters";
import { findHostedSession, type HostedSession, sessionCookieName, writeSessionCookie } from "../sessions/cookie";
import { replaceSession } from "../sessions/replace-browser-session";
import type { BrowserSignIn } from "../signin/complete";
import { redirect, respondToClient } from "./client-response";
import type { FormInput } from "./form-route";

export function interactionOf({ app, form, request }: FormInput): Promise<Interaction> {
  return getInteraction(app.id, form.get("interaction"), readCookie(request, browserCookieName(app.id)));
}

/** Where an interaction goes from here, for whoever is signed in now. */
export async function continueInteraction(
  app: App,
  interaction: Interaction,
  session: HostedSession | null,
  cookies: string[] = [],
): Promise<Response> {
  if (interaction.clientId === null)
    return redirect(screenUrl(app, reauthenticationPage(interaction.query) ?? "account"), cookies);
  const step = await proceed(await restoreRequest(app, interaction), session, interaction);
  if (step.type === "respond") return respondToClient(step.response, cookies);
  return redirect(screenUrl(app, step.screen, interaction.id), cookies);
}

/** A new cookie at each sign-in, so that one planted before is worth nothing; the session that this browser had before ends. */
export async function signInCookie(
  request: Request,
  app: App,
  signIn: BrowserSignIn,
): Promise<{ cookie: string; value: string }> {
  const before = await sessionOf(request, app);
  if (before) await replaceSession(app.id, before, signIn);
  const value = writeSessionCookie(signIn.sessionId, signIn.cookieSecret);
  return { value, cookie: writeCookie(sessionCookieName(app.id), value, app.settings.session_ttl_seconds) };
}

/** In the words of a person's page; the API's speak to a developer. */
const EMAIL_TAKEN = "There is an account with this address already. Sign in instead.";

/** Shows a form again with what was wrong; what is not the person's to mend stays an error. */
export async function showAgain(
  app: App,
  interaction: Interaction,
  screen: FormScreen,
  form: Parameters,
  thrown: unknown,
): Promise<Response> {
  const error = isAppError(thrown) ? thrown : toAppError(thrown);
  if (error.status >= 500) throw error;
  const email = form.get("email")?.slice(0, 320) ?? interaction.form.email;
  if (error.code === "email_not_verified") {
    await saveForm(interaction, { email });
    return redirect(screenUrl(app, "verify/pending", interaction.id));
  }
  await saveForm(interaction, {
    screen,
    email,
    name: form.get("name")?.slice(0, 200),
    message: error.options.fields ? undefined : error.description,
    fields: error.code === "email_taken" ? { email: EMAIL_TAKEN } : error.options.fields,
  });
  return redirect(screenUrl(app, screen, interaction.id));
}

/** Somebody has just signed in: the cookie, and on with what they came for. What was answered before may have been another user's answer. */
export async function continueSignedIn(
  request: Request,
  app: App,
  interaction: Interaction,
  signIn: BrowserSignIn,
): Promise<Response> {
  await saveForm(interaction, {});
  const { cookie, value } = await signInCookie(request, app, signIn);
  const session = await findHostedSession(app.id, value);
  return continueInteraction(app, await resetPrompts(interaction), session, [cookie]);
}
