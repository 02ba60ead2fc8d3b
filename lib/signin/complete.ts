/**
 * Completes a sign-in (the funnel): a sign-in method proves who the user is, and only
 * `completeSignIn` admits the user. Whatever every sign-in must do happens here, so that a new
 * method can't omit it.
 */
import type { App } from "../apps/apps";
import { type Actor, type NewEvent, recordEvent } from "../audit/events";
import { now } from "../clock";
import { type Tx, transaction } from "../database/client";
import { AppError } from "../errors";
import { wakeOutbox } from "../mail/outbox";
import { metrics } from "../metrics";
import { issueOneTime } from "../one-time/one-time";
import { type NewSession, newApiSessionRow, newBrowserSession } from "../sessions/sessions";
import type { UserSummary } from "../users/user-views";
import { newDeviceEmail } from "./new-device-email";
import { type SessionResponse, sessionResponse } from "./session-response";

/** The user that a sign-in method identified. */
export interface IdentifiedUser {
  user: UserSummary;
  /** The method's name in the audit trail: password, magic_link, … */
  method: string;
  /** Authentication method references (RFC 8176). */
  amr: string[];
  /** Set by a sign-up: the new user is kept even if the email address must be verified first. */
  signedUp?: true;
}

/** What a sign-in method returns. */
export interface Proof {
  by: Actor;
  /**
   * Finds or creates the user, in the transaction that admits the user: a rejected sign-in consumes
   * and changes nothing.
   */
  identify: (tx: Tx) => Promise<IdentifiedUser>;
}

export function mustVerifyFirst(app: App, user: UserSummary): boolean {
  return app.settings.require_verified_email && !user.emailVerifiedAt;
}

export function unverifiedError(): AppError {
  const description = "The email address is not verified. Open the link in the verification email, then sign in again.";
  return new AppError(403, "email_not_verified", description);
}

/** The 403 of an identified user who may not sign in, or null. */
export function admissionProblem(app: App, user: UserSummary): AppError | null {
  if (user.disabledAt)
    return new AppError(403, "user_disabled", "This user is disabled. An owner of the app can enable the user.");
  return mustVerifyFirst(app, user) ? unverifiedError() : null;
}

function requireAdmissible(app: App, user: UserSummary): void {
  const problem = admissionProblem(app, user);
  if (problem) throw problem;
}

export interface SignIn<Session> extends IdentifiedUser {
  by: Actor;
  session: Session;
}

/** The event of a sign-in. An anonymous user is identified from now on. */
export function signInEvent({ by, user, session, method }: SignIn<{ id: string }>): NewEvent {
  const actor: Actor = by.type === "user" ? { type: "user", id: user.id } : by;
  return { type: "user.signed_in", actor, userId: user.id, sessionId: session.id, explanation: { method } };
}

/** What every sign-in writes. → whether an email is in the outbox */
async function recordSignIn(tx: Tx, app: App, signIn: SignIn<NewSession>): Promise<boolean> {
  const { user, session, method, signedUp } = signIn;
  // The device of a sign-up is never a new one.
  const notify = session.kind === "browser" && !signedUp;
  const email = notify ? await newDeviceEmail(app, { user, session, method }, tx) : null;
  await tx.session.create({ data: session, select: { id: true } });
  await tx.user.update({
    where: { appId_id: { appId: app.id, id: user.id } },
    data: { lastSignInAt: now() },
    select: { id: true },
  });
  await recordEvent(tx, app.id, signInEvent(signIn));
  if (email) await tx.mail.create({ data: email, select: { id: true } });
  return email !== null;
}

/** Identifies and admits the user in one transaction. */
async function admit<Session extends NewSession>(
  app: App,
  { by, identify }: Proof,
  newSession: (userId: string, amr: string[]) => Session,
): Promise<SignIn<Session>> {
  const { signIn, hasEmail } = await transaction(async (tx) => {
    const identified = await identify(tx);
    const { user, amr, signedUp } = identified;
    if (signedUp && mustVerifyFirst(app, user)) return { signIn: null, hasEmail: true };
    requireAdmissible(app, user);
    const admitted = { ...identified, by, session: newSession(user.id, amr) };
    return { signIn: admitted, hasEmail: (await recordSignIn(tx, app, admitted)) || signedUp };
  });
  if (hasEmail) wakeOutbox();
  if (!signIn) throw unverifiedError();
  return signIn;
}

/** Signs a user in through the API. */
export async function completeSignIn(
  app: App,
  proof: Proof,
  options: { tokenTtlSeconds?: number } = {},
): Promise<SessionResponse> {
  const { user, session, method } = await admit(app, proof, (userId, amr) => newApiSessionRow(app, userId, amr));
  metrics().signIns.inc({ method });
  return sessionResponse(app, { ...session, counter: 0 }, user, options.tokenTtlSeconds);
}

export interface BrowserSignIn {
  sessionId: string;
  userId: string;
  expiresAt: Date;
  /** The value of the session cookie of the hosted pages. */
  cookieSecret: string;
}

/** Signs a user in to a browser. The caller sets the cookie. */
export async function completeBrowserSignIn(app: App, proof: Proof): Promise<BrowserSignIn> {
  let cookieSecret = "";
  const { user, session, method } = await admit(app, proof, (userId, amr) => {
    const { row, secret } = newBrowserSession(app, userId, amr);
    cookieSecret = secret;
    return row;
  });
  metrics().signIns.inc({ method });
  return { sessionId: session.id, userId: user.id, expiresAt: session.expiresAt, cookieSecret };
}

const EXCHANGE_SECONDS = 60;

/**
 * Identifies the user, but admits the user only when the app's backend exchanges the code
 * (delivery.ts).
 */
export function issueExchangeCode(app: App, { identify }: Proof): Promise<string> {
  return transaction(async (tx) => {
    const { user, method, amr } = await identify(tx);
    requireAdmissible(app, user);
    const issue = { purpose: "exchange_code", payload: { method, amr }, ttlSeconds: EXCHANGE_SECONDS } as const;
    return (await issueOneTime(app.id, { ...issue, userId: user.id }, tx)).secret;
  });
}
