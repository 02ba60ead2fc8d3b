/** The forms of the hosted pages that sign in by email: request a link or a code, or enter the code. */
import { ANONYMOUS_USER } from "../../audit/events";
import { requireBotCheck } from "../../bot-check/check";
import { BOT_CHECK_FIELD } from "../../bot-check/forms";
import { fail } from "../../errors";
import { redirect, toAppError } from "../../http/respond";
import { parseInput } from "../../input";
import { type Interaction, saveForm } from "../../oauth/authorize/interaction";
import { completeBrowserSignIn, type Proof } from "../../signin/complete";
import { proveByTriedCode, tryEmailedCode } from "../../signin/emailed-code";
import { EmailedCode, MagicLinkBody } from "../../signin/inputs";
import { sendEmailCode } from "../../signin/send-email-code";
import { sendMagicLink } from "../../signin/send-magic-link";
import { parseEmail } from "../../users/email";
import type { FormInput } from "../form-route";
import { continueSignedIn, interactionOf, showFormAgain } from "../interactions";
import { findKeepablePassword, requireKnownPassword } from "../links/known-password";
import { pageUrl } from "../page-urls";
import { asRejected } from "../repeated-form";
import { findSession } from "../session";
import { signingInFor } from "../signing-in";

export async function submitMagicLinkRequest(input: FormInput): Promise<Response> {
  const { app, form } = input;
  const interaction = await interactionOf(input);
  try {
    const { email } = parseInput(MagicLinkBody, { email: form.get("email") });
    await requireBotCheck(app, "magic-link", form.get(BOT_CHECK_FIELD));
    // A magic link email also contains a code.
    if (app.settings.methods.magic_link || !app.settings.methods.email_code)
      await sendMagicLink(app, { email, interactionId: interaction.id }, ANONYMOUS_USER);
    else await sendEmailCode(app, email, ANONYMOUS_USER);
    await saveForm(interaction, { screen: "magic-link", email: email.email });
  } catch (thrown) {
    return showFormAgain(app, interaction, "signin", form, thrown);
  }
  return redirect(pageUrl(app, "magic-link", interaction.id));
}

async function signIn(input: FormInput, interaction: Interaction, proof: Proof): Promise<Response> {
  const { app, request } = input;
  const signedIn = await completeBrowserSignIn(app, proof, signingInFor(request, app, interaction));
  return continueSignedIn(request, app, interaction, signedIn);
}

/**
 * The code is entered in the browser that requested the email. If the account has a password that
 * was set before its email address was verified, the page asks first whether to keep it.
 */
export async function submitMagicLinkCode(input: FormInput): Promise<Response> {
  const { app, form, request } = input;
  const interaction = await interactionOf(input);
  const { email } = interaction.form;
  if (!email) fail(400, "invalid_request", "Request the email first, then enter its code.");
  try {
    const entered = parseInput(EmailedCode, { email, code: form.get("code") });
    const provedCode = await tryEmailedCode(app, entered);
    if (!(await findKeepablePassword(app, entered.email.canonical, () => findSession(request, app))))
      return await signIn(input, interaction, proveByTriedCode(app, provedCode));
    await saveForm(interaction, { screen: "magic-link", email, provedCode });
  } catch (thrown) {
    return showFormAgain(app, interaction, "magic-link", form, thrown);
  }
  return redirect(pageUrl(app, "magic-link", interaction.id));
}

/** After the right code: the decision about the password that was set before. */
export async function submitPasswordDecision(input: FormInput): Promise<Response> {
  const { app, form } = input;
  const interaction = await interactionOf(input);
  const { email, provedCode } = interaction.form;
  if (!email || !provedCode) fail(400, "invalid_request", "Enter the code of the email first.");
  try {
    const entered = { name: "password", password: form.get("password") };
    const canonical = parseEmail(email)?.canonical ?? "";
    const known = form.get("keep_password") === "1" ? await requireKnownPassword(input, canonical, entered) : undefined;
    return await signIn(input, interaction, proveByTriedCode(app, provedCode, known));
  } catch (thrown) {
    const { status, description, options } = toAppError(thrown);
    if (status >= 500) throw thrown;
    const { fields } = options;
    // The code is still unused if only the password was wrong.
    const again = (fields || status === 429) && { provedCode };
    const message = fields ? undefined : description;
    await saveForm(interaction, { screen: "magic-link", email, message, fields, ...again });
    return asRejected(redirect(pageUrl(app, "magic-link", interaction.id)));
  }
}
