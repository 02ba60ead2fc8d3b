/**
 * Steps of a pending interaction: its next page, the same form again with its errors, or the
 * response to the client.
 */

import type { App } from "../apps/apps";
import { cookieReader } from "../cookies";
import type { HttpRequest } from "../http/request";
import { redirect, toAppError } from "../http/respond";
import {
  type FormScreen,
  findInteraction,
  getInteraction,
  type Interaction,
  readBrowserSecret,
  reauthenticationPage,
  resetPrompts,
  saveForm,
} from "../oauth/authorize/interaction";
import { proceed, restoreRequest } from "../oauth/authorize/proceed";
import { findConsent } from "../oauth/consent";
import type { Parameters } from "../oauth/parameters";
import { findHostedSession, type HostedSession } from "../sessions/cookie";
import type { BrowserSignIn, PendingBrowserSignIn } from "../signin/complete";
import { respondToClient } from "./client-response";
import type { FormInput } from "./form-route";
import { pageUrl } from "./page-urls";
import { asRejected } from "./repeated-form";
import { canKeepPasskeys, offersPasskey } from "./second-factor/offers-passkey";
import { startSession } from "./session";
import { continueWithFactor } from "./signing-in";

/** The interaction that the form names, if this browser started it. */
export function interactionOf({ app, form, request }: FormInput): Promise<Interaction> {
  return getInteraction(app.id, form.get("interaction"), readBrowserSecret(app.id, cookieReader(request)));
}

/** An interaction that this browser started, or null. */
export function findBrowserInteraction(
  { app, request }: Pick<FormInput, "app" | "request">,
  id: string | undefined,
): Promise<Interaction | null> {
  return findInteraction(app.id, id, readBrowserSecret(app.id, cookieReader(request)));
}

/** The next step for the user who is signed in now. */
export async function continueInteraction(
  app: App,
  interaction: Interaction,
  session: HostedSession | null,
  cookies: string[] = [],
): Promise<Response> {
  if (interaction.userCode !== null)
    return redirect(pageUrl(app, session ? "device/confirm" : "signin", interaction.id), cookies);
  if (interaction.clientId === null)
    return redirect(pageUrl(app, reauthenticationPage(interaction.query) ?? "account"), cookies);
  const request = await restoreRequest(app, interaction);
  const consent = session && (await findConsent(app.id, session.userId, interaction.clientId));
  const step = await proceed({ request, session, consent, interaction });
  if (step.type === "respond") return respondToClient(step.response, cookies);
  return redirect(pageUrl(app, step.screen, interaction.id), cookies);
}

/** The API's text for developers doesn't suit a page for users. */
const EMAIL_TAKEN = "An account with this email already exists. Sign in instead.";

/** Shows the form again with the error and what the user typed. A server error is thrown again. */
export async function showFormAgain(
  app: App,
  interaction: Interaction,
  page: FormScreen,
  form: Parameters,
  thrown: unknown,
): Promise<Response> {
  const error = toAppError(thrown);
  if (error.status >= 500) throw error;
  const email = form.get("email")?.slice(0, 320) ?? interaction.form.email;
  if (error.code === "email_not_verified") {
    await saveForm(interaction, { email });
    const pending = redirect(pageUrl(app, "verify/pending", interaction.id));
    // A sign-up has created the user, so it counts as done. A sign-in works once the user verified.
    return page === "signup" ? pending : asRejected(pending);
  }
  await saveForm(interaction, {
    screen: page,
    email,
    name: form.get("name")?.slice(0, 200),
    message: error.options.fields ? undefined : error.description,
    fields: error.code === "email_taken" ? { email: EMAIL_TAKEN } : error.options.fields,
  });
  return asRejected(redirect(pageUrl(app, page, interaction.id)));
}

/**
 * After a sign-in, or after its first step. Earlier answers to prompts are reset, since another user
 * may have given them. `form` is the one of a page that can offer a passkey, `before` the session that
 * the browser had.
 */
export async function continueSignedIn(
  request: HttpRequest,
  app: App,
  interaction: Interaction,
  signIn: BrowserSignIn | PendingBrowserSignIn,
  { before, form }: { before?: { id: string; userId: string }; form?: Parameters } = {},
): Promise<Response> {
  await saveForm(interaction, {});
  if (signIn.type === "pending") return continueWithFactor(app, signIn);
  const { cookies, value } = await startSession(request, app, signIn, before);
  const session = await findHostedSession(app.id, value);
  const continued = await resetPrompts(interaction);
  if (form && canKeepPasskeys(form) && (await offersPasskey(app, session)))
    return redirect(pageUrl(app, "passkey-offer", interaction.id), cookies);
  return continueInteraction(app, continued, session, cookies);
}
