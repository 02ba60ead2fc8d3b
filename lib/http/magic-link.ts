/** The hosted pages' way to a magic link: ask for the mail, then open its link or type its code. */
import type { App } from "../apps/apps";
import { fail } from "../errors";
import { parseInput } from "../input";
import { rememberForm } from "../oauth/authorize/interaction";
import { addressKey, consumeLimit, LIMITS } from "../rate-limit";
import { requestContext } from "../request-context";
import { completeBrowserSignIn } from "../signin/complete";
import { MagicLinkBody, MailedCode } from "../signin/inputs";
import { proveByCode, sendMagicLink } from "../signin/magic-link";
import { screenUrl } from "./authorize";
import { redirect } from "./client-response";
import { formRoute } from "./hosted-form";
import { continueSignedIn, interactionOf, showAgain } from "./interactions";

/** By the browser's address, before anything is sent. */
async function limitByBrowser(limit: (typeof LIMITS)[keyof typeof LIMITS], app: App): Promise<void> {
  await consumeLimit(limit, `${app.id}/${addressKey(requestContext()?.ip ?? null)}`);
}

/** "Mail me a link" */
export const magicLinkForm = formRoute(async (input) => {
  const { app, form } = input;
  const interaction = await interactionOf(input);
  try {
    await limitByBrowser(LIMITS.askedMail, app);
    const { email } = parseInput(MagicLinkBody, { email: form.get("email") });
    await sendMagicLink(app, { email, interactionId: interaction.id }, { type: "user" });
    await rememberForm(interaction, { screen: "magic-link", email: email.email });
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
    await consumeLimit(LIMITS.redeem, addressKey(requestContext()?.ip ?? null));
    const proof = await proveByCode(app, parseInput(MailedCode, { email, code: form.get("code") }));
    return await continueSignedIn(input.request, app, interaction, await completeBrowserSignIn(app, proof));
  } catch (thrown) {
    return showAgain(app, interaction, "magic-link", form, thrown);
  }
});
