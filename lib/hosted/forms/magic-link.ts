/** The forms of the hosted pages that sign in by email: request a link or a code, or enter the code. */
import { ANONYMOUS_USER } from "../../audit/events";
import { fail } from "../../errors";
import { redirect } from "../../http/respond";
import { parseInput } from "../../input";
import { saveForm } from "../../oauth/authorize/interaction";
import { completeBrowserSignIn } from "../../signin/complete";
import { proveByEmailedCode } from "../../signin/emailed-code";
import { EmailedCode, MagicLinkBody } from "../../signin/inputs";

import { sendEmailCode } from "../../signin/send-email-code";
import { sendMagicLink } from "../../signin/send-magic-link";
import type { FormInput } from "../form-route";
import { continueSignedIn, interactionOf, showFormAgain } from "../interactions";
import { pageUrl } from "../page-urls";
import { signingInFor } from "../signing-in";

export async function submitMagicLinkRequest(input: FormInput): Promise<Response> {
  const { app, form } = input;
  const interaction = await interactionOf(input);
  try {
    const { email } = parseInput(MagicLinkBody, { email: form.get("email") });
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

/** The code is entered in the browser that requested the email. */
export async function submitMagicLinkCode(input: FormInput): Promise<Response> {
  const { app, form } = input;
  const interaction = await interactionOf(input);
  const { email } = interaction.form;
  if (!email) fail(400, "invalid_request", "Request the email first, then enter its code.");
  try {
    const proof = await proveByEmailedCode(app, parseInput(EmailedCode, { email, code: form.get("code") }));
    const signIn = await completeBrowserSignIn(app, proof, signingInFor(input.request, app, interaction));
    return await continueSignedIn(input.request, app, interaction, signIn);
  } catch (thrown) {
    return showFormAgain(app, interaction, "magic-link", form, thrown);
  }
}
