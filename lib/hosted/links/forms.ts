/** The buttons behind mailed links. What a link is good for happens here and only here, by a post of our own page. */
import { peekInvitation, proveByInvitation } from "../../account/accept-invitation";
import { confirmEmailChange } from "../../account/change-email";
import { disownEmail, verifyEmail } from "../../account/email-verification";
import { AcceptanceForm, ResetBody } from "../../account/inputs";
import { resetPassword } from "../../account/reset-password";
import type { App } from "../../apps/apps";
import { readCookie } from "../../cookies";
import { fail, isAppError } from "../../errors";
import type { Handler } from "../../http/handler";
import { parseInput } from "../../input";
import { limitLinkRedemption } from "../../limits/link-redemption";
import { browserCookieName, findInteraction, saveForm } from "../../oauth/authorize/interaction";
import { screenUrl } from "../../oauth/endpoints/authorize";
import { LINK_PAGES, type LinkPurpose } from "../../one-time/account-links";
import { requestContext } from "../../request-context";
import { completeBrowserSignIn } from "../../signin/complete";
import { deliverSignIn } from "../../signin/delivery";
import { LinkToken } from "../../signin/inputs";
import { requireReturnUrl } from "../../social/return-urls";
import { redirect, respondToApp } from "../client-response";
import { redirectToTell } from "../flash";
import { type FormInput, formRoute } from "../form-route";
import { signInCookie } from "../interactions";
import { linkProblem, lookAtLink } from "./pages";

/** Each try is counted. What is wrong with a field goes back beside it, what is wrong with the link gets a page with its status. */
function linkForm(purpose: LinkPurpose, run: (input: FormInput) => Promise<Response>): Handler {
  return formRoute(async (input) => {
    const { app, form } = input;
    try {
      await limitLinkRedemption();
      // What is wrong with the link is said before what is wrong with a field.
      await lookAtLink(app, purpose, tokenOf(input));
      return await run(input);
    } catch (thrown) {
      const { fields } = isAppError(thrown) ? thrown.options : {};
      if (!fields) return linkProblem(app, purpose, thrown, requestContext()?.requestId ?? "");
      const page = `/o/${app.id}/${LINK_PAGES[purpose].hosted}/confirm?token=${encodeURIComponent(form.get("token") ?? "")}`;
      return redirectToTell(app, page, { ok: false, message: "", fields });
    }
  });
}

/** What cannot be a token is an unknown one. */
function tokenOf({ form }: FormInput): string {
  return LinkToken.safeParse({ token: form.get("token") }).data?.token ?? "-";
}

/** What has just happened, on a page of its own. */
export function donePage(app: App, what: "verified" | "disowned" | "password" | "address" | "closed"): string {
  return `/o/${app.id}/done/${what}`;
}

/** On with the request that waits in this browser, by the sign-in that says what happened; without one, a page that says it. */
async function backToSignIn(
  { app, request }: FormInput,
  { email, interactionId }: { email: string; interactionId?: string },
  notice: string,
  elsewhere: string,
): Promise<Response> {
  const waiting = await findInteraction(app.id, interactionId, readCookie(request, browserCookieName(app.id)));
  if (!waiting) return redirect(elsewhere);
  await saveForm(waiting, { screen: "signin", email, notice });
  return redirect(screenUrl(app, "signin", waiting.id));
}

/** `decision`: `mine` or `not_mine`. */
export const verifyForm = linkForm("verify_email", async (input) => {
  const { app, form } = input;
  const decision = form.get("decision");
  if (decision === "not_mine") {
    await disownEmail(app, tokenOf(input));
    return redirect(donePage(app, "disowned"));
  }
  if (decision !== "mine") fail(400, "invalid_request", "Choose whether the address is yours.");
  const verified = await verifyEmail(app, tokenOf(input));
  return backToSignIn(input, verified, "Your address is verified. Sign in to go on.", donePage(app, "verified"));
});

export const resetForm = linkForm("reset_password", async (input) => {
  const { app, form } = input;
  const { token, password } = parseInput(ResetBody, { token: tokenOf(input), password: form.get("password") ?? "" });
  const done = await resetPassword(app, token, password);
  return backToSignIn(input, done, "Your password is changed. Sign in with it to go on.", donePage(app, "password"));
});

export const changeEmailForm = linkForm("change_email", async (input) => {
  await confirmEmailChange(input.app, tokenOf(input));
  return redirect(donePage(input.app, "address"));
});

/** `without=password` by its button, or a password left empty, is none; whether the App lets somebody in without one is the verb's to say. */
export const invitationForm = linkForm("user_invitation", async (input) => {
  const { app, form, request } = input;
  const { token, name, password } = parseInput(AcceptanceForm, {
    token: tokenOf(input),
    name: form.get("name") || null,
    password: form.get("without") ? undefined : form.get("password") || undefined,
  });
  const { redirectUri } = await peekInvitation(app, token);
  // It may have been taken off the list since the mail went out.
  if (redirectUri !== undefined) await requireReturnUrl(app, redirectUri);
  const proof = await proveByInvitation(app, token, { name, password });
  if (redirectUri !== undefined)
    return respondToApp(await deliverSignIn(app, proof, { redirectUri, delivery: app.settings.delivery }));
  const { cookie } = await signInCookie(request, app, await completeBrowserSignIn(app, proof));
  return redirect(screenUrl(app, "account"), [cookie]);
});
