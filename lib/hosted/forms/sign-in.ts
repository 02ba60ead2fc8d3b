/**
 * The forms of sign-in, sign-up, account choice and consent. On success they lead to the next step, on error back to their page, with the error
 * and what was typed (never a password) kept in the interaction. No JavaScript needed.
 */
import type { App } from "../../apps/apps";
import { fail } from "../../errors";
import type { Handler } from "../../http/handler";
import { parseInput } from "../../input";
import { markPromptDone, resetPrompts } from "../../oauth/authorize/interaction";
import { errorResponse, restoreRequest } from "../../oauth/authorize/proceed";
import { denyConsent, saveConsent } from "../../oauth/consent";
import { screenUrl, sessionOf } from "../../oauth/endpoints/authorize";
import { OAuthError } from "../../oauth/errors";
import type { Parameters } from "../../oauth/parameters";
import { listScopes } from "../../oauth/scopes/scopes";
import type { BrowserSignIn } from "../../signin/complete";
import { signInWithBrowser, signUpWithBrowser } from "../../signin/hosted";
import { SignInBody, SignUpBody } from "../../signin/inputs";
import { redirect, respondToClient } from "../client-response";
import { formRoute } from "../form-route";
import { continueInteraction, continueSignedIn, interactionOf, showAgain } from "../interactions";

function credentialForm(
  screen: "signin" | "signup",
  signIn: (app: App, form: Parameters) => Promise<BrowserSignIn>,
): Handler {
  return formRoute(async (input) => {
    const { app, form, request } = input;
    const interaction = await interactionOf(input);
    let signedIn: BrowserSignIn;
    try {
      signedIn = await signIn(app, form);
    } catch (thrown) {
      return showAgain(app, interaction, screen, form, thrown);
    }
    return continueSignedIn(request, app, interaction, signedIn);
  });
}

function fieldsOf(form: Parameters): Record<string, string | undefined> {
  return { email: form.get("email"), password: form.get("password"), name: form.get("name") };
}

export const signInForm = credentialForm("signin", (app, form) =>
  signInWithBrowser(app, parseInput(SignInBody, fieldsOf(form))),
);
export const signUpForm = credentialForm("signup", (app, form) =>
  signUpWithBrowser(app, parseInput(SignUpBody, fieldsOf(form))),
);

/** "Go on as …", or as somebody else. */
export const selectAccountForm = formRoute(async (input) => {
  const { app, form, request } = input;
  const interaction = await interactionOf(input);
  if (form.get("decision") !== "continue") return redirect(screenUrl(app, "signin", interaction.id));
  const session = await sessionOf(request, app);
  // Whoever is chosen now answers for themselves.
  return continueInteraction(app, await markPromptDone(await resetPrompts(interaction), "select_account"), session);
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
  const session = await sessionOf(request, app);
  const asked = await restoreRequest(app, interaction);
  // The page was shown to somebody; whoever is signed in now must be the one who answers.
  if (!session || form.get("user") !== session.userId) return continueInteraction(app, interaction, session);
  const decision = form.get("decision");
  if (decision === "deny") {
    await denyConsent(interaction, session.userId, asked.client.id);
    const denied = new OAuthError("access_denied", "The user did not allow this"); // RFC 6749 §4.1.2.1
    return respondToClient(errorResponse(asked, denied));
  }
  if (decision !== "allow") fail(400, "invalid_request", "Choose allow or deny.");
  const { allowed, declined } = await consentedScopes(app, asked.consentScopes, form);
  await saveConsent(app.id, session.userId, asked.client.id, allowed, declined);
  return continueInteraction(app, await markPromptDone(interaction, "consent"), session);
});
