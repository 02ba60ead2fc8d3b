/**
 * The forms of the sign-in, sign-up and account selection pages. On success they redirect to the
 * next step. On an error they redirect back; the interaction keeps the error and what the user
 * typed, but never a password.
 */
import type { App } from "../../apps/apps";
import { requireBotCheck } from "../../bot-check/check";
import { BOT_CHECK_FIELD } from "../../bot-check/forms";
import { redirect } from "../../http/respond";
import { parseInput } from "../../input";
import { markPromptDone, resetPrompts } from "../../oauth/authorize/interaction";
import type { Parameters } from "../../oauth/parameters";
import type { BrowserSignIn, PendingBrowserSignIn, SigningInBrowser } from "../../signin/complete";
import { SignInBody, SignUpBody } from "../../signin/inputs";
import { signInWithBrowser } from "../../signin/password";
import { signUpWithBrowser } from "../../signin/sign-up";
import type { FormInput } from "../form-route";
import { continueInteraction, continueSignedIn, interactionOf, showFormAgain } from "../interactions";
import { pageUrl } from "../page-urls";
import { findSession } from "../session";
import { signingInFor } from "../signing-in";

async function submitCredentials(
  input: FormInput,
  page: "signin" | "signup",
  signIn: (app: App, form: Parameters, browser: SigningInBrowser) => Promise<BrowserSignIn | PendingBrowserSignIn>,
): Promise<Response> {
  const { app, form, request } = input;
  const interaction = await interactionOf(input);
  let signedIn: BrowserSignIn | PendingBrowserSignIn;
  try {
    signedIn = await signIn(app, form, signingInFor(request, app, interaction));
  } catch (thrown) {
    return showFormAgain(app, interaction, page, form, thrown);
  }
  // Not right after a sign-up.
  return continueSignedIn(request, app, interaction, signedIn, page === "signin" ? { form } : {});
}

function fieldsOf(form: Parameters): Record<string, string | undefined> {
  return { email: form.get("email"), password: form.get("password"), name: form.get("name") };
}

export function submitSignIn(input: FormInput): Promise<Response> {
  return submitCredentials(input, "signin", async (app, form, browser) => {
    const credentials = parseInput(SignInBody, fieldsOf(form));
    await requireBotCheck(app, "signin", form.get(BOT_CHECK_FIELD), credentials.email);
    return signInWithBrowser(app, credentials, browser);
  });
}

export function submitSignUp(input: FormInput): Promise<Response> {
  return submitCredentials(input, "signup", async (app, form, browser) => {
    const credentials = parseInput(SignUpBody, fieldsOf(form));
    await requireBotCheck(app, "signup", form.get(BOT_CHECK_FIELD));
    return signUpWithBrowser(app, credentials, browser);
  });
}

/** Continues as the signed-in user, or shows the sign-in page for another account. */
export async function submitAccountSelection(input: FormInput): Promise<Response> {
  const { app, form, request } = input;
  const interaction = await interactionOf(input);
  if (form.get("decision") !== "continue") return redirect(pageUrl(app, "signin", interaction.id));
  const session = await findSession(request, app);
  // Earlier answers may be another user's.
  return continueInteraction(app, await markPromptDone(await resetPrompts(interaction), "select_account"), session);
}
