/** Sign-in with an email address and a password. */
import type { App } from "../apps/apps";
import { type Actor, ANONYMOUS_USER, recordRejection } from "../audit/events";
import { db, prepared } from "../database/client";
import { type AppError, fail } from "../errors";
import { type AttemptKey, COUNT_ATTEMPT, limitCountedAttempts, PASSWORD_ATTEMPTS } from "../limits/attempts";
import { limitSignIns } from "../limits/sign-in";
import { log } from "../log";
import type { EmailAddress } from "../users/email";
import { requirePasswordsEnabled } from "../users/new-password";
import { hashPassword, needsRehash, verifyPassword } from "../users/password-hashing";
import { USER_FIELDS, type UserSummary } from "../users/user-views";
import { completeApiSignIn, holdApiSignIn, needOf } from "./api-sign-in";
import {
  admissionProblem,
  type BrowserSignIn,
  completeBrowserSignIn,
  type PendingBrowserSignIn,
  type Proof,
  type SigningInBrowser,
} from "./complete";
import type { SessionResponse } from "./session-response";

/** How the audit trail and the session name this method (RFC 8176 §2). */
export const PASSWORD = { method: "password", amr: ["pwd"] };

export interface Credentials {
  email: EmailAddress;
  password: string;
}

type FoundUser = UserSummary & { passwordHash: string | null };

const COLUMNS = Object.keys({ ...USER_FIELDS, passwordHash: true })
  .map((column) => `u."${column}"`)
  .join(", ");

/** Counts the attempt and finds the user, whose columns are null for an unknown email address. */
const COUNT_AND_FIND = `
  WITH counted AS (${COUNT_ATTEMPT})
  SELECT ${COLUMNS} FROM counted LEFT JOIN "User" u ON u."appId" = $1 AND u."emailCanonical" = $6`;

async function countAndFind(key: AttemptKey, email: EmailAddress): Promise<FoundUser | null> {
  const [row] = await prepared<FoundUser>("sign-in-attempt", COUNT_AND_FIND, [...key, email.canonical]);
  return row ?? null;
}

/** Replaces a hash that was created with a lower cost than the present setting. → the hash in use */
async function upgradeHash(app: App, userId: string, password: string, passwordHash: string): Promise<string> {
  if (!needsRehash(passwordHash)) return passwordHash;
  const upgraded = await hashPassword(password);
  // Only if the hash is still the same: a password that was changed meanwhile stays changed.
  const where = { appId: app.id, id: userId, passwordHash };
  const { count } = await db().user.updateMany({ where, data: { passwordHash: upgraded } });
  return count > 0 ? upgraded : passwordHash;
}

async function recordFailure(app: App, by: Actor, userId: string | undefined): Promise<void> {
  const reason = userId ? "wrong_password" : "unknown_user";
  await recordRejection(app.id, { type: "user.sign_in_failed", outcome: "failure", actor: by, userId, reason });
}

interface Checked {
  user: UserSummary;
  passwordHash: string;
  key: AttemptKey;
}

/**
 * Checks the password, then continues with `proceed` while other attempts on the account wait.
 * Takes as long for an unknown email address as for a wrong password.
 * @throws 401 `invalid_credentials`, alike for both; 403; 429
 */
async function checkPassword<T extends object>(
  app: App,
  { email, password }: Credentials,
  by: Actor,
  proceed: (checked: Checked) => Promise<{ value: T | null; cleared: boolean }>,
): Promise<T> {
  requirePasswordsEnabled(app);
  let userId: string | undefined;
  const evaluate = async ({ passwordHash, ...user }: FoundUser, key: AttemptKey) => {
    userId = user.id ?? undefined;
    if (!(await verifyPassword(password, passwordHash)) || !passwordHash) return { success: false, value: null };
    const current = await upgradeHash(app, user.id, password, passwordHash).catch((error) => {
      log().warn({ err: error }, "a password hash was not upgraded");
      return passwordHash;
    });
    const { value, cleared } = await proceed({ user, passwordHash: current, key });
    return { success: value !== null, value, cleared };
  };
  const attempt = { count: (key: AttemptKey) => countAndFind(key, email), evaluate };
  const proved = await limitSignIns(app.id, async () => {
    const value = await limitCountedAttempts(app.id, PASSWORD_ATTEMPTS, email.canonical, attempt);
    return { success: value !== null, value };
  });
  if (proved) return proved;
  await recordFailure(app, by, userId);
  fail(401, "invalid_credentials", "The email address or the password is wrong.");
}

/** Sign-in through an app's backend. Two round trips: one before the hash and one after it. */
export async function signIn(app: App, credentials: Credentials, by: Actor): Promise<SessionResponse> {
  const done = await checkPassword<{ problem: AppError } | { response: SessionResponse }>(
    app,
    credentials,
    by,
    async ({ user, passwordHash, key }) => {
      const problem = admissionProblem(app, user);
      if (problem) return { value: { problem }, cleared: false };
      const needs = needOf(app, { ...PASSWORD, user });
      if (needs) {
        const error = await holdApiSignIn(app, { ...PASSWORD, by, user }, needs, passwordHash, key);
        return { value: error && { problem: error }, cleared: error !== null };
      }
      const response = await completeApiSignIn(app, { ...PASSWORD, by, user }, passwordHash, key);
      return { value: response && { response }, cleared: response !== null };
    },
  );
  if ("problem" in done) throw done.problem;
  return done.response;
}

/** Sign-in on the hosted pages or the dashboard. */
export async function signInWithBrowser(
  app: App,
  credentials: Credentials,
  browser: SigningInBrowser,
): Promise<BrowserSignIn | PendingBrowserSignIn> {
  const by = ANONYMOUS_USER;
  const proof = await checkPassword<Proof>(app, credentials, by, async ({ user }) => {
    return { value: { by, identify: async () => ({ ...PASSWORD, user }) }, cleared: false };
  });
  return completeBrowserSignIn(app, proof, browser);
}

/**
 * Shows that a user without a session knows the password, within the limits of a sign-in.
 * @throws 401 `invalid_credentials`; 403; 429
 */
export function provePassword(app: App, credentials: Credentials): Promise<{ passwordHash: string }> {
  return checkPassword(app, credentials, ANONYMOUS_USER, async ({ passwordHash }) => {
    return { value: { passwordHash }, cleared: false };
  });
}
