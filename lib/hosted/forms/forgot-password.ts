/**
 * Forms that request an email: the password reset link, and the verification link. Neither reveals
 * whether one is sent.
 */

import { requestPasswordReset } from "../../account/forgot-password";
import { EmailBody } from "../../account/inputs";
import { requestVerification } from "../../account/send-verification";
import { ANONYMOUS_USER } from "../../audit/events";
import { requireBotCheck } from "../../bot-check/check";
import { BOT_CHECK_FIELD } from "../../bot-check/forms";
import { parseInput } from "../../input";
import { saveForm } from "../../oauth/authorize/interaction";
import { respondWithFlash } from "../flash";
import type { FormInput } from "../form-route";
import { findBrowserInteraction, interactionOf } from "../interactions";
import { pageUrl } from "../page-urls";

export async function submitForgotPassword(input: FormInput): Promise<Response> {
  const { app, form } = input;
  // Absent if the user came by a link in an email.
  const interaction = await findBrowserInteraction(input, form.get("interaction"));
  return respondWithFlash(input, pageUrl(app, "forgot", interaction?.id), async () => {
    const { email } = parseInput(EmailBody, { email: form.get("email") ?? "" });
    await requireBotCheck(app, "forgot", form.get(BOT_CHECK_FIELD));
    await requestPasswordReset(app, email, ANONYMOUS_USER, interaction?.id);
    if (interaction) await saveForm(interaction, { email: email.email });
    return email.email;
  });
}

/** For the email address of the sign-in that was rejected because the address is not verified. */
export async function submitVerificationRequest(input: FormInput): Promise<Response> {
  const { app } = input;
  const { id, form } = await interactionOf(input);
  return respondWithFlash(input, pageUrl(app, "verify/pending", id), async () => {
    const { email } = parseInput(EmailBody, { email: form.email ?? "" });
    await requestVerification(app, email, ANONYMOUS_USER, id);
    return "We’ve sent you the email again.";
  });
}
