/** Forms that ask for a mail: the link to a new password, the one that verifies an address. Whether one goes out, they do not say. */

import { requestVerification } from "../../account/email-verification";
import { requestPasswordReset } from "../../account/forgot-password";
import { EmailBody } from "../../account/inputs";
import { readCookie } from "../../cookies";
import { parseInput } from "../../input";
import { browserCookieName, findInteraction, saveForm } from "../../oauth/authorize/interaction";
import { screenUrl } from "../../oauth/endpoints/authorize";
import { redirectWithFlash } from "../flash";
import { type FormInput, formRoute } from "../form-route";
import { interactionOf } from "../interactions";

/** The person at one of our own pages; who it is, is not known. */
const SOMEBODY = { type: "user" } as const;

/** Somebody may also come by a link of a mail, and then no request waits. */
function waitingOf({ app, form, request }: FormInput) {
  return findInteraction(app.id, form.get("interaction"), readCookie(request, browserCookieName(app.id)));
}

/** The page shows again which address was asked about. */
export const forgotForm = formRoute(async (input) => {
  const { app, form } = input;
  const waiting = await waitingOf(input);
  return redirectWithFlash(input, screenUrl(app, "forgot", waiting?.id), async () => {
    const { email } = parseInput(EmailBody, { email: form.get("email") ?? "" });
    await requestPasswordReset(app, email, SOMEBODY, waiting?.id);
    if (waiting) await saveForm(waiting, { email: email.email });
    return email.email;
  });
});

/** For somebody who may not come in before the address is verified: the one they typed at the sign-in that was refused. */
export const verifyAgainForm = formRoute(async (input) => {
  const { app } = input;
  const { id, form } = await interactionOf(input);
  return redirectWithFlash(input, screenUrl(app, "verify/pending", id), async () => {
    const { email } = parseInput(EmailBody, { email: form.email ?? "" });
    await requestVerification(app, email, SOMEBODY, id);
    return "The mail is on its way.";
  });
});
