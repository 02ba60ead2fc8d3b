/** Forms of the account page: second factors and recovery codes. Each requires a recent sign-in. */
import { isAppError } from "../../errors";
import { confirmOwnEmailFactor, startOwnEmailFactor } from "../../factors/email/enrollment";
import { completeEnrollment, removeOwnFactor, renewRecoveryCodes } from "../../factors/own-factors";
import { proveTotpEnrollment } from "../../factors/totp/enrollment";
import type { Handler } from "../../http/handler";
import { redirect } from "../../http/respond";
import { limitEmailRequests } from "../../limits/email";
import type { AccountPage } from "../../oauth/authorize/interaction";
import { redirectWithFlash } from "../flash";
import { pageUrl } from "../page-urls";
import { asRejected } from "../repeated-form";
import { readCode } from "../second-factor/read-code";
import { stepUpUrl } from "../second-factor/step-up";
import { type AccountInput, accountForm, actorOf } from "./account-form";
import { showCodes } from "./recovery-codes";

/** Asks for a second factor, or a sign-in, where the session is too old or too weak; then shows `page`. */
export function factorForm(
  run: (input: AccountInput) => Promise<string | Response>,
  page: AccountPage = "account",
): Handler {
  return accountForm(async (input) => {
    try {
      return await run(input);
    } catch (thrown) {
      if (!isAppError(thrown) || thrown.code !== "insufficient_user_authentication") throw thrown;
      return asRejected(redirect(stepUpUrl(input.app, page)));
    }
  }, page);
}

export function sessionOf({ session }: AccountInput) {
  return { userId: session.userId, sessionId: session.id };
}

/** The recovery codes of a first factor, or a message. */
export async function showAdded(input: AccountInput, codes: string[] | null, message: string): Promise<Response> {
  const { app } = input;
  if (codes) return showCodes(app, sessionOf(input), codes);
  return redirectWithFlash(app, pageUrl(app, "account"), { ok: true, message });
}

export async function submitOwnAuthenticator(input: AccountInput): Promise<Response> {
  const { app, form, session } = input;
  const code = readCode(form);
  const codes = await completeEnrollment(app, sessionOf(input), () =>
    proveTotpEnrollment(app, session.userId, code, actorOf(session)),
  );
  return showAdded(input, codes, "The authenticator app was added.");
}

export async function submitFactorRemoval(input: AccountInput): Promise<string> {
  await removeOwnFactor(input.app, sessionOf(input), input.form.get("factor") ?? "");
  return "It was removed. It can no longer be used to sign in.";
}

export async function submitNewRecoveryCodes(input: AccountInput): Promise<Response> {
  const { app } = input;
  return showCodes(app, sessionOf(input), await renewRecoveryCodes(app, sessionOf(input)));
}

function currentUser({ session: { id, userId, email } }: AccountInput) {
  return { user: { id: userId, email }, sessionId: id };
}

/** Sends the code that enables emailed codes. */
export async function submitEmailFactorRequest(input: AccountInput): Promise<Response> {
  const { app } = input;
  await limitEmailRequests(app.id);
  await startOwnEmailFactor(app, currentUser(input));
  return redirect(pageUrl(app, "account/email-codes"));
}

export async function submitEmailFactor(input: AccountInput): Promise<Response> {
  const { app, form } = input;
  const codes = await confirmOwnEmailFactor(app, currentUser(input), readCode(form));
  return showAdded(input, codes, "Emailed codes are on.");
}
