/** The forms of the account page that change or end the account itself: its address, its data, its end. */
import { requestEmailChange } from "../../account/change-email";
import { deleteAccount } from "../../account/delete-account";
import { requestVerification } from "../../account/email-verification";
import { exportAccount } from "../../account/export";
import { ChangeEmailBody, DeleteAccountBody } from "../../account/inputs";
import { parseInput } from "../../input";
import { screenUrl } from "../../oauth/endpoints/authorize";
import { parseEmail } from "../../users/email";
import { redirect } from "../client-response";
import { redirectWithFlash } from "../flash";
import { donePage } from "../links/forms";
import { signedOutCookie } from "./account";
import { accountForm, bySelf, signedInForm } from "./account-form";

/** The mail that verifies the address, once more. */
export const verificationForm = accountForm("The mail is on its way. Open its link.", async ({ app, session }) => {
  const email = parseEmail(session.email ?? "");
  if (email) await requestVerification(app, email, bySelf(session));
});

export const emailForm = accountForm(
  "Nothing has changed yet: open the link in the mail to the new address.",
  async ({ app, form, session }) => {
    const { email, password } = parseInput(ChangeEmailBody, {
      email: form.get("email") ?? "",
      password: form.get("password") || undefined,
    });
    await requestEmailChange(app, { userId: session.userId, sessionId: session.id, email, password });
  },
);

/** A file to keep. By post, so that no other site can make a browser fetch it. */
export const exportForm = signedInForm(async ({ app, session }) => {
  const text = JSON.stringify(await exportAccount(app, session.userId), null, 2);
  return new Response(text, {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": `attachment; filename="${app.id}-${session.userId}.json"`,
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
});

export const closeForm = signedInForm((input) =>
  redirectWithFlash(input, screenUrl(input.app, "account/delete"), async () => {
    const { app, form, session } = input;
    const { password } = parseInput(DeleteAccountBody, { password: form.get("password") || undefined });
    await deleteAccount(app, { userId: session.userId, sessionId: session.id }, password);
    return redirect(donePage(app, "closed"), [signedOutCookie(app)]);
  }),
);
