/** Sign-up with an email address and a password. */
import type { App } from "../apps/apps";
import { type Actor, ANONYMOUS_USER, eventRow, type NewEvent, recordEvent } from "../audit/events";
import { now } from "../clock";
import { isUniqueViolation } from "../database/client";
import { fail } from "../errors";
import { newId } from "../ids";
import { limitSignUps } from "../limits/sign-in";
import { wakeOutbox } from "../mail/outbox";
import type { EmailAddress } from "../users/email";
import { newPasswordColumns, requireAcceptablePassword, requirePasswordsEnabled } from "../users/new-password";
import { completeApiSignUp, needOf, pendingRows } from "./api-sign-in";
import {
  type BrowserSignIn,
  completeBrowserSignIn,
  mustVerifyFirst,
  type PendingBrowserSignIn,
  type Proof,
  type SigningInBrowser,
  unverifiedError,
} from "./complete";
import { PASSWORD } from "./password";
import { secondFactorError } from "./pending";
import type { SessionResponse } from "./session-response";
import { isEmailTaken, requireSignUpAllowed } from "./user-by-email";
import { newVerification, type UnverifiedUser } from "./verification-email";

export interface SignUpInput {
  email: EmailAddress;
  password: string;
  name: string | null;
  /** The authorization request to continue after the email address is verified. */
  interactionId?: string;
  /** The user opened an invitation that was sent to the email address: it is verified, and the policy for sign-ups doesn't apply. */
  isInvited?: boolean;
}

function failEmailTaken(cause?: unknown): never {
  fail(409, "email_taken", "A user with this email address already exists. Sign in instead.", { cause });
}

/** The verification email and its link, if the app sends one at sign-up. */
async function verificationFor(app: App, user: UnverifiedUser, interactionId: string | undefined) {
  const { verify_email_on_signup, require_verified_email } = app.settings;
  return verify_email_on_signup || require_verified_email ? newVerification(app, user, interactionId) : null;
}

/**
 * Checks the input, hashes the password and prepares the rows.
 * @throws 400 that names the field; 403; 409 `email_taken`; 429
 */
async function prepareSignUp(app: App, input: SignUpInput, by: Actor) {
  requirePasswordsEnabled(app);
  if (!input.isInvited) requireSignUpAllowed(app, input.email);
  const newPassword = { password: input.password, email: input.email.email };
  requireAcceptablePassword(app, newPassword);
  // Only now: a user who corrects the form doesn't use the limit up.
  await limitSignUps(app.id);
  // Checked before the password is hashed, which takes long.
  if (await isEmailTaken(app.id, input.email)) failEmailTaken();
  const user = {
    appId: app.id,
    id: newId("usr"),
    email: input.email.email,
    emailCanonical: input.email.canonical,
    emailVerifiedAt: input.isInvited ? now() : null,
    ...(await newPasswordColumns(app, newPassword)),
    name: input.name,
    createdAt: now(),
  };
  const event: NewEvent = {
    type: "user.signed_up",
    actor: by,
    userId: user.id,
    explanation: { method: PASSWORD.method },
  };
  const verification = input.isInvited ? null : await verificationFor(app, user, input.interactionId);
  const identified = {
    ...PASSWORD,
    user: { ...user, disabledAt: null, factors: [] },
    signedUp: true as const,
  };
  return { user, event, verification, identified };
}

/** Sign-up through an app's backend. Two round trips: one before the hash and one after it. */
export async function signUp(app: App, input: SignUpInput, by: Actor): Promise<SessionResponse> {
  const { user, event, verification, identified } = await prepareSignUp(app, input, by);
  const rows = { user, event: eventRow(app.id, event), verification };
  const unverified = mustVerifyFirst(app, identified.user);
  const needs = unverified ? null : needOf(app, identified);
  const pending = needs && pendingRows(app, { ...identified, by }, needs);
  const done = await completeApiSignUp(app, { ...identified, by }, { ...rows, pending }, !unverified && !needs);
  if (done === "taken") failEmailTaken();
  if (verification) wakeOutbox();
  if (needs && pending) throw secondFactorError(needs, pending.secret);
  if (!done) throw unverifiedError();
  return done;
}

/** Also for the second of two sign-ups at once: 409. */
async function proveSignUp(app: App, input: SignUpInput, by: Actor): Promise<Proof> {
  const { user, event, verification, identified } = await prepareSignUp(app, input, by);
  return {
    by,
    identify: async (tx) => {
      await tx.user.create({ data: user, select: { id: true } }).catch((error) => {
        if (isUniqueViolation(error)) failEmailTaken(error);
        throw error;
      });
      await recordEvent(tx, app.id, event);
      if (verification) {
        await tx.oneTimeToken.create({ data: verification.token, select: { id: true } });
        await tx.mail.create({ data: verification.email, select: { id: true } });
      }
      return identified;
    },
  };
}

/** Sign-up on the hosted pages or the dashboard. */
export async function signUpWithBrowser(
  app: App,
  input: SignUpInput,
  browser: SigningInBrowser,
): Promise<BrowserSignIn | PendingBrowserSignIn> {
  return completeBrowserSignIn(app, await proveSignUp(app, input, ANONYMOUS_USER), browser);
}
