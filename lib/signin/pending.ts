/**
 * Pending sign-ins: the user has proved the first step, and the second factor is missing. Until
 * then the user has no cookie, token or code. Each works once, for its caller only: a program holds
 * its secret (`mfa_token`), a browser is known by its cookie.
 */
import type { App } from "../apps/apps";
import type { FactorType } from "../apps/settings";
import { now } from "../clock";
import { equalBytes, sha256 } from "../crypto/hash";
import { db, type Tx } from "../database/client";
import { AppError, fail } from "../errors";
import { type Assessment, addableFactors, strongFactors, usableFactors } from "../factors/policy";
import { type IssuedOneTime, newOneTime } from "../one-time/one-time";
import type { PendingBrowser, PendingSignIn } from "../one-time/payloads";
import { USER_FIELDS, type UserSummary } from "../users/user-views";

const API_SECONDS = 300;
/** A user may have to find the phone, or to install an authenticator app. */
const BROWSER_SECONDS = 900;

type NeedsFactor = Exclude<Assessment, { type: "admit" }>;

export interface NewPending {
  user: { id: string };
  method: string;
  amr: string[];
  browser: PendingBrowser | null;
  sessionId?: string;
  acr?: string;
  recoveryCodes?: string;
}

/** The row of a pending sign-in, for the caller's transaction. */
export function newPending(app: App, of: NewPending, needs: NeedsFactor): IssuedOneTime {
  const { user, method, amr, browser, sessionId, acr = "2", recoveryCodes } = of;
  const payload: PendingSignIn = {
    method,
    amr,
    enroll: needs.type === "enroll",
    browser,
    acr,
    ...(sessionId && { sessionId }),
    ...(recoveryCodes && { recoveryCodes }),
  };
  const ttlSeconds = browser ? BROWSER_SECONDS : API_SECONDS;
  return newOneTime(app.id, { purpose: "pending_sign_in", payload, ttlSeconds, userId: user.id });
}

/** The 403 of a program whose user needs a second factor. */
export function secondFactorError(needs: NeedsFactor, token: string): AppError {
  const members = { mfa_token: token, methods: needs.methods };
  if (needs.type === "use") {
    const description = "This sign-in needs a second factor. Send it with mfa_token to /api/auth/mfa/verify.";
    return new AppError(403, "mfa_required", description, { members });
  }
  const description =
    needs.methods.length > 0
      ? "This app requires a second factor, and the user has none. Add one with mfa_token, for example at /api/auth/mfa/totp."
      : "This app requires a second factor, and none can follow this way of signing in. Sign in with another method.";
  return new AppError(403, "mfa_enrollment_required", description, { members });
}

export interface Pending extends PendingSignIn {
  id: string;
  user: UserSummary;
  createdAt: Date;
  expiresAt: Date;
}

/** How a caller refers to a pending sign-in. */
export type PendingReference =
  | { token: string }
  /** `secret` is the cookie that identifies the browser. */
  | { id: string; browser: string | undefined };

function isOf(reference: PendingReference, { browser }: PendingSignIn): boolean {
  if ("token" in reference) return browser === null;
  if (!browser || !reference.browser) return false;
  return equalBytes(Buffer.from(browser.hash, "base64url"), sha256(reference.browser));
}

/** Whether nothing has happened to the account that the first step didn't know of. */
function isCurrent(createdAt: Date, user: { passwordChangedAt: Date | null; factorsChangedAt: Date | null }): boolean {
  const changes = [user.passwordChangedAt, user.factorsChangedAt];
  return changes.every((at) => at === null || at <= createdAt);
}

/** null if it is unknown, expired, used, another caller's, or older than a change of the account. */
export async function findPending(app: App, reference: PendingReference, tx: Tx = db()): Promise<Pending | null> {
  const key =
    "token" in reference
      ? { appId_secretHash: { appId: app.id, secretHash: sha256(reference.token) } }
      : { appId_id: { appId: app.id, id: reference.id } };
  const where = { ...key, purpose: "pending_sign_in", consumedAt: null, expiresAt: { gt: now() } };
  const row = await tx.oneTimeToken.findUnique({
    where,
    select: {
      id: true,
      payload: true,
      createdAt: true,
      expiresAt: true,
      user: { select: { ...USER_FIELDS, passwordChangedAt: true, factorsChangedAt: true } },
    },
  });
  return row?.user ? toPending(reference, { ...row, user: row.user }) : null;
}

export interface PendingRow {
  id: string;
  payload: unknown;
  createdAt: Date;
  expiresAt: Date;
  user: UserSummary & { passwordChangedAt: Date | null; factorsChangedAt: Date | null };
}

/** null if the sign-in is another caller's, or older than a change of the account. */
export function toPending(reference: PendingReference, row: PendingRow): Pending | null {
  const { passwordChangedAt: _password, factorsChangedAt: _factors, ...user } = row.user;
  const payload = row.payload as PendingSignIn;
  if (user.disabledAt || !isOf(reference, payload) || !isCurrent(row.createdAt, row.user)) return null;
  return { ...payload, id: row.id, user, createdAt: row.createdAt, expiresAt: row.expiresAt };
}

/** @throws 401 `invalid_token` for a program; 400 `interaction_ended` for a browser */
export async function getPending(app: App, reference: PendingReference): Promise<Pending> {
  return (await findPending(app, reference)) ?? failPending(reference);
}

export function failPending(reference: PendingReference): never {
  if ("token" in reference) {
    fail(
      401,
      "invalid_token",
      "The mfa_token is unknown, used, expired, or older than a change of the account. Sign in again.",
    );
  }
  fail(400, "interaction_ended", "This sign-in was completed, or took too long. Go back to the app and start again.");
}

/** The factors that may complete it: to use, or to add. */
export function methodsOf(app: App, pending: Pending): FactorType[] {
  const first = { method: pending.method, amr: pending.amr };
  const usable = pending.sessionId ? strongFactors : usableFactors;
  const methods = (pending.enroll ? addableFactors : usable)(app.settings, pending.user, first);
  return pending.acr === "phr" ? methods.filter((type) => type === "passkey") : methods;
}

/** Consumes it, for one of several callers at once, if it is still valid. */
export async function consumePending(tx: Tx, app: App, reference: PendingReference): Promise<Pending | null> {
  const pending = await findPending(app, reference, tx);
  if (!pending) return null;
  const { count } = await tx.oneTimeToken.updateMany({
    where: { appId: app.id, id: pending.id, consumedAt: null },
    data: { consumedAt: now() },
  });
  return count === 1 ? pending : null;
}

/** Asks the user of a session for a stronger sign-in. → the ID of the pending sign-in */
export async function askForFactor(
  app: App,
  session: { id: string; userId: string; amr: string[] },
  browser: PendingBrowser,
  { acr, needs }: { acr: string; needs: NeedsFactor },
): Promise<string> {
  const { id: sessionId, userId, amr } = session;
  const { row } = newPending(app, { user: { id: userId }, method: "session", amr, browser, sessionId, acr }, needs);
  await db().oneTimeToken.create({ data: row, select: { id: true } });
  return row.id;
}
