/** The hosted pages' way to a magic link: ask for the mail, then open its link or type its code. */
import { fail } from "../../errors";
import { parseInput } from "../../input";
import { saveForm } from "../../oauth/authorize/interaction";
import { screenUrl } from "../../oauth/endpoints/authorize";
import { completeBrowserSignIn } from "../../signin/complete";
import { EmailedCode, MagicLinkBody } from "../../signin/inputs";
import { proveByEmailedCode, sendMagicLink } from "../../signin/magic-link";
import { redirect } from "../client-response";
import { formRoute } from "../form-route";
import { continueSignedIn, interactionOf, showAgain } from "../interactions";

/** "Mail me a link" */
export const magicLinkForm = formRoute(async (input) => {
  const { app, form } = input;
  const interaction = await interactionOf(input);
  try {
    const { email } = parseInput(MagicLinkBody, { email: form.get("email") });
    await sendMagicLink(app, { email, interactionId: interaction.id }, { type: "user" });
    await saveForm(interaction, { screen: "magic-link", email: email.email });
  } catch (thrown) {
    return showAgain(app, interaction, "signin", form, thrown);
  }
  return redirect(screenUrl(app, "magic-link", interaction.id));
});

/** The code of the mail, typed where it was asked for. */
export const magicCodeForm = formRoute(async (input) => {
  const { app, form } = input;
  const interaction = await interactionOf(input);
  const { email } = interaction.form;
  if (!email) fail(400, "invalid_request", "Ask for the mail first, then type its code.");
  try {
    const proof = await proveByEmailedCode(app, parseInput(EmailedCode, { email, code: form.get("code") }));
    return await continueSignedIn(input.request, app, interaction, await completeBrowserSignIn(app, proof));
  } catch (thrown) {
    return showAgain(app, interaction, "magic-link", form, thrown);
  }
});
