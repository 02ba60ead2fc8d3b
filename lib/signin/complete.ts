/**
 * Completes a sign-in (the funnel): a sign-in method proves who the user is, and only
 * `completeSignIn` admits the user. Whatever every sign-in must do happens here, so that a new
 * method can't omit it: above all, the second factor.
 */
import type { App } from "../apps/apps";
import { type Actor, type NewEvent, recordEvent } from "../audit/events";
import { now } from "../clock";
import { type Tx, transaction } from "../database/client";
import { AppError } from "../errors";
import { type Assessment, assess } from "../factors/policy";
import { wakeOutbox } from "../mail/outbox";
import { metrics } from "../metrics";
import { issueOneTime } from "../one-time/one-time";
import type { PendingBrowser } from "../one-time/payloads";
import { type NewSession, newApiSessionRow, newBrowserSession } from "../sessions/sessions";
import type { UserSummary } from "../users/user-views";
import { newDeviceEmail } from "./new-device-email";
import { newPending, secondFactorError } from "./pending";
import { type SessionResponse, sessionResponse } from "./session-response";

/** The user that a sign-in method identified. */
export interface IdentifiedUser {
  user: UserSummary;
  /** The method's name in the audit trail: password, magic_link, … */
  method: string;
  /** Authentication method references (RFC 8176). */
  amr: string[];
  /** The browser may skip the second factor (lib/factors/remembered-devices.ts). */
  remembered?: boolean;
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

/** What a sign-in leads to, in the transaction that identifies the user. */
interface Steps<Admitted> {
  by: Actor;
  /** Where the second factor comes from: a browser, or a program if null. */
  browser: SigningInBrowser | null;
  admit: (tx: Tx, identified: IdentifiedUser) => Promise<{ value: Admitted; hasEmail: boolean }>;
}

type Outcome<Admitted> =
  | { type: "admitted"; value: Admitted }
  | { type: "unverified" }
  | { type: "pending"; needs: Exclude<Assessment, { type: "admit" }>; id: string; secret: string };

/** Marks the browser's choice to skip the second factor. */
async function withMemory(
  tx: Tx,
  app: App,
  identified: IdentifiedUser,
  browser: SigningInBrowser | null,
): Promise<IdentifiedUser> {
  if (identified.remembered || !browser?.isRemembered) return identified;
  return { ...identified, remembered: await browser.isRemembered(tx, app, identified.user.id) };
}

/**
 * Identifies the user, then admits the user or asks for the second factor, in one transaction: what
 * the first step used up stays used.
 */
async function decideSignIn<Admitted>(
  app: App,
  identify: Proof["identify"],
  { by, browser, admit }: Steps<Admitted>,
): Promise<Outcome<Admitted>> {
  const { outcome, hasEmail } = await transaction(async (tx) => {
    const known = await identify(tx);
    const { user, signedUp = false } = known;
    if (signedUp && mustVerifyFirst(app, user)) return { outcome: { type: "unverified" } as const, hasEmail: true };
    requireAdmissible(app, user);
    const identified = await withMemory(tx, app, known, browser);
    const needs = assess(app.settings, user, identified);
    if (needs.type === "admit") {
      const { value, hasEmail: sends } = await admit(tx, identified);
      return { outcome: { type: "admitted", value } as const, hasEmail: sends || signedUp };
    }
    const { row, secret } = newPending(app, { ...identified, browser: browser?.binding ?? null }, needs);
    await tx.oneTimeToken.create({ data: row, select: { id: true } });
    await recordEvent(tx, app.id, pendingEvent(identified, by, needs));
    return { outcome: { type: "pending", needs, id: row.id, secret } as const, hasEmail: signedUp };
  });
  if (hasEmail) wakeOutbox();
  return outcome;
}

const WHY_PENDING = {
  use: {
    description: "The user has a second factor, so the sign-in waits for it",
    remedy:
      "This is not an error. If the user has lost the factor, check who asks, then reset the second factors on the user's page.",
  },
  enroll: {
    description:
      "The app requires a second factor, and the user has none, so the sign-in waits until the user adds one",
    remedy: "This is not an error. The hosted pages show the user how; a program gets mfa_enrollment_required.",
  },
};

/** The event of a first step that isn't enough. */
export function pendingEvent(
  { user, method }: Pick<IdentifiedUser, "user" | "method">,
  by: Actor,
  { type, methods }: Exclude<Assessment, { type: "admit" }>,
): NewEvent {
  const explanation = { method, step: type, methods, ...WHY_PENDING[type] };
  return { type: "user.second_factor_needed", actor: by, userId: user.id, explanation };
}

/** @throws 403 `email_not_verified`, `mfa_required` or `mfa_enrollment_required` */
function requireAdmitted<Admitted>(outcome: Outcome<Admitted>): Admitted {
  if (outcome.type === "unverified") throw unverifiedError();
  if (outcome.type === "pending") throw secondFactorError(outcome.needs, outcome.secret);
  return outcome.value;
}

/** Signs a user in through the API. @throws 403, also if a second factor is missing */
export async function completeSignIn(
  app: App,
  proof: Proof,
  options: { tokenTtlSeconds?: number } = {},
): Promise<SessionResponse> {
  const outcome = await decideSignIn(app, proof.identify, {
    by: proof.by,
    browser: null,
    admit: admitWith(app, proof.by, newApiSessionRow),
  });
  return respond(app, requireAdmitted(outcome), options.tokenTtlSeconds);
}

type ApiSignIn = SignIn<ReturnType<typeof newApiSessionRow>>;

function respond(app: App, { user, session, method }: ApiSignIn, tokenTtlSeconds?: number): Promise<SessionResponse> {
  metrics().signIns.inc({ method });
  return sessionResponse(app, { ...session, counter: 0 }, user, tokenTtlSeconds);
}

/** The same for a browser whose token goes to the app: the second factor comes before, in the browser. */
export async function completeDeliveredSignIn(
  app: App,
  proof: Proof,
  browser: SigningInBrowser,
  tokenTtlSeconds: number,
): Promise<SessionResponse | PendingBrowserSignIn> {
  const outcome = await decideSignIn(app, proof.identify, {
    by: proof.by,
    browser,
    admit: admitWith(app, proof.by, newApiSessionRow),
  });
  if (outcome.type === "pending") return { type: "pending", id: outcome.id };
  return respond(app, requireAdmitted(outcome), tokenTtlSeconds);
}

function admitWith<Session extends NewSession>(
  app: App,
  by: Actor,
  newSession: (app: App, userId: string, amr: string[]) => Session,
) {
  return async (tx: Tx, identified: IdentifiedUser) => {
    const { user, amr } = identified;
    const value: SignIn<Session> = { ...identified, by, session: newSession(app, user.id, amr) };
    return { value, hasEmail: await recordSignIn(tx, app, value) };
  };
}

/** A browser in which a user signs in. */
export interface SigningInBrowser {
  /** Where the sign-in continues after a second factor, in this browser only. */
  binding: PendingBrowser;
  /** Whether the user chose to skip the second factor in it. */
  isRemembered?: (tx: Tx, app: App, userId: string) => Promise<boolean>;
}

export interface BrowserSignIn {
  type: "signed_in";
  sessionId: string;
  userId: string;
  expiresAt: Date;
  /** The value of the session cookie of the hosted pages. */
  cookieSecret: string;
}

/** The second factor is missing: the browser continues on its page. */
export interface PendingBrowserSignIn {
  type: "pending";
  id: string;
}

/** Signs a user in to a browser. The caller sets the cookie, or shows the page of the second factor. */
export async function completeBrowserSignIn(
  app: App,
  proof: Proof,
  browser: SigningInBrowser,
): Promise<BrowserSignIn | PendingBrowserSignIn> {
  let cookieSecret = "";
  const newSession = (...known: Parameters<typeof newBrowserSession>) => {
    const { row, secret } = newBrowserSession(...known);
    cookieSecret = secret;
    return row;
  };
  const outcome = await decideSignIn(app, proof.identify, {
    by: proof.by,
    browser,
    admit: admitWith(app, proof.by, newSession),
  });
  if (outcome.type === "pending") return { type: "pending", id: outcome.id };
  const { user, session, method } = requireAdmitted(outcome);
  metrics().signIns.inc({ method });
  return { type: "signed_in", sessionId: session.id, userId: user.id, expiresAt: session.expiresAt, cookieSecret };
}

const EXCHANGE_SECONDS = 60;

/**
 * Identifies the user, but admits the user only when the app's backend exchanges the code
 * (delivery.ts). The second factor comes before, in the browser.
 */
export async function issueExchangeCode(
  app: App,
  { by, identify }: Proof,
  browser: SigningInBrowser,
): Promise<{ type: "code"; code: string } | PendingBrowserSignIn> {
  const admit = async (tx: Tx, { user, method, amr, remembered }: IdentifiedUser) => {
    const payload = { method, amr, ...(remembered && { remembered }) };
    const issue = { purpose: "exchange_code", payload, ttlSeconds: EXCHANGE_SECONDS, userId: user.id } as const;
    return { value: (await issueOneTime(app.id, issue, tx)).secret, hasEmail: false };
  };
  const outcome = await decideSignIn(app, identify, { by, browser, admit });
  if (outcome.type === "pending") return { type: "pending", id: outcome.id };
  return { type: "code", code: requireAdmitted(outcome) };
}
