/** The forms behind the links in account emails. Only submitting the form uses a link up. */
import { peekInvitation, proveByInvitation } from "../../account/accept-invitation";
import { confirmEmailChange } from "../../account/change-email";
import { disownEmail } from "../../account/disown-email";
import { AcceptanceForm, ResetBody } from "../../account/inputs";
import { resetPassword } from "../../account/reset-password";
import { verifyEmail } from "../../account/verify-email";
import { fail } from "../../errors";
import type { Handler } from "../../http/handler";
import { redirect } from "../../http/respond";
import { parseInput } from "../../input";
import { limitLinkRedemption } from "../../limits/link-redemption";
import { saveForm } from "../../oauth/authorize/interaction";
import { LINK_PAGES, type LinkPurpose } from "../../one-time/account-links";
import { requireReturnUrl } from "../../social/return-urls";
import { redirectWithFlash } from "../flash";
import { type FormInput, formRoute, renderFormError } from "../form-route";
import { findBrowserInteraction } from "../interactions";
import { pageUrl } from "../page-urls";
import { singleUse } from "../repeated-form";
import { deliverFromBrowser, signInToAccount } from "../signing-in";
import { requireKnownPassword } from "./known-password";
import { checkLink, linkProblemPage, readToken } from "./link-route";

function tokenOf({ form }: FormInput): string {
  return readToken(form.get("token"));
}

/**
 * Each attempt is counted. A problem with a field is shown beside it, a problem with the link on a
 * page of its own.
 */
export function linkForm(purpose: LinkPurpose, run: (input: FormInput) => Promise<Response>): Handler {
  const submit = singleUse(async (input) => {
    // The link before the fields: a user should not correct a form whose link does not work.
    await checkLink(input.app, purpose, tokenOf(input));
    return run(input);
  });
  return formRoute(
    async (input) => {
      await limitLinkRedemption();
      return submit(input);
    },
    (error, input) => {
      const { app, form } = input.known;
      if (!app || !form) return renderFormError(error, input);
      const { fields } = error.options;
      if (!fields) return linkProblemPage(error, app, purpose, input.caller.requestId);
      const page = `/o/${app.id}/${LINK_PAGES[purpose].hosted}/confirm?token=${encodeURIComponent(form.get("token") ?? "")}`;
      return redirectWithFlash(app, page, { ok: false, message: "", fields });
    },
  );
}

/**
 * Back to the sign-in page with a notice, if this browser has a pending interaction; otherwise to
 * the `done` page.
 */
async function continueSignIn(
  input: FormInput,
  { email, interactionId }: { email: string; interactionId?: string },
  notice: string,
  done: "verified" | "password",
): Promise<Response> {
  const { app } = input;
  const interaction = await findBrowserInteraction(input, interactionId);
  if (!interaction) return redirect(pageUrl(app, `done/${done}`));
  await saveForm(interaction, { screen: "signin", email, notice });
  return redirect(pageUrl(app, "signin", interaction.id));
}

/** `decision` is `mine` or `not_mine`. */
export async function submitVerification(input: FormInput): Promise<Response> {
  const { app, form } = input;
  const decision = form.get("decision");
  if (decision === "not_mine") {
    await disownEmail(app, tokenOf(input));
    return redirect(pageUrl(app, "done/disowned"));
  }
  if (decision !== "mine") fail(400, "invalid_request", "Choose whether this email address is yours.");
  const verified = await verifyEmail(app, tokenOf(input));
  return continueSignIn(input, verified, "Your email address is verified. Sign in to continue.", "verified");
}

export async function submitPasswordReset(input: FormInput): Promise<Response> {
  const { app, form } = input;
  const { token, password } = parseInput(ResetBody, { token: tokenOf(input), password: form.get("password") ?? "" });
  const owner = await resetPassword(app, token, password);
  return continueSignIn(input, owner, "Your password was changed. Sign in with the new password.", "password");
}

export async function submitEmailChangeConfirmation(input: FormInput): Promise<Response> {
  await confirmEmailChange(input.app, tokenOf(input));
  return redirect(pageUrl(input.app, "done/address"));
}

/**
 * The button `without` and an empty password mean no password. The operation decides whether the
 * App allows that. The button `keep_password` keeps the one that was set before.
 */
export async function submitInvitation(input: FormInput): Promise<Response> {
  const { app, form, request } = input;
  const keeps = form.get("keep_password") === "1";
  const { token, name, password } = parseInput(AcceptanceForm, {
    token: tokenOf(input),
    name: form.get("name") || null,
    password: form.get("without") || keeps ? undefined : form.get("password") || undefined,
  });
  const { canonical, redirectUri } = await peekInvitation(app, token);
  // The App may have removed the URL since the email was sent.
  if (redirectUri !== undefined) await requireReturnUrl(app, redirectUri);
  const entered = { name: "existing_password", password: form.get("existing_password") };
  const known = keeps ? await requireKnownPassword(input, canonical, entered) : undefined;
  const proof = await proveByInvitation(app, token, { name, password, known });
  if (redirectUri !== undefined)
    return deliverFromBrowser(request, app, proof, { redirectUri, delivery: app.settings.delivery });
  return signInToAccount(request, app, proof);
}
