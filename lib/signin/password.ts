/** Sign-in with an email address and a password. */
import type { App } from "../apps/apps";
import { type Actor, ANONYMOUS_USER, recordRejection } from "../audit/events";
import { db } from "../database/client";
import { fail } from "../errors";
import { limitAttempts, PASSWORD_ATTEMPTS } from "../limits/attempts";
import { limitSignIns } from "../limits/sign-in";
import { log } from "../log";
import type { EmailAddress } from "../users/email";
import { requirePasswordsEnabled } from "../users/new-password";
import { hashPassword, needsRehash, verifyPassword } from "../users/password-hashing";
import { USER_FIELDS } from "../users/user-views";
import { type BrowserSignIn, completeBrowserSignIn, completeSignIn, type Proof } from "./complete";
import type { SessionResponse } from "./session-response";

/** How the audit trail and the session name this method (RFC 8176 §2). */
export const PASSWORD = { method: "password", amr: ["pwd"] };

export interface Credentials {
  email: EmailAddress;
  password: string;
}

/** Takes as long for an unknown email address as for a wrong password. */
async function findByPassword(app: App, { email, password }: Credentials) {
  const found = await db().user.findUnique({
    where: { appId_emailCanonical: { appId: app.id, emailCanonical: email.canonical } },
    select: { ...USER_FIELDS, passwordHash: true },
  });
  const matches = await verifyPassword(password, found?.passwordHash ?? null);
  return { found, matches };
}

/** Replaces a hash that was created with a lower cost than the present setting. */
async function upgradeHash(app: App, userId: string, password: string, passwordHash: string): Promise<void> {
  if (!needsRehash(passwordHash)) return;
  const upgraded = await hashPassword(password);
  // Only if the hash is still the same: a password that was changed meanwhile stays changed.
  await db().user.updateMany({ where: { appId: app.id, id: userId, passwordHash }, data: { passwordHash: upgraded } });
}

async function recordFailure(app: App, by: Actor, userId: string | undefined): Promise<void> {
  const reason = userId ? "wrong_password" : "unknown_user";
  await recordRejection(app.id, { type: "user.sign_in_failed", outcome: "failure", actor: by, userId, reason });
}

/**
 * @throws 401 `invalid_credentials`, alike for an unknown email address and a wrong password; 403;
 * 429
 */
async function provePassword(app: App, credentials: Credentials, by: Actor): Promise<Proof> {
  requirePasswordsEnabled(app);
  const { email, password } = credentials;
  const evaluate = async () => {
    const value = await findByPassword(app, credentials);
    return { success: value.matches, value };
  };
  const { found, matches } = await limitSignIns(app.id, async () => {
    const value = await limitAttempts(app.id, PASSWORD_ATTEMPTS, email.canonical, evaluate);
    return { success: value.matches, value };
  });
  if (!found || !matches || !found.passwordHash) {
    await recordFailure(app, by, found?.id);
    fail(401, "invalid_credentials", "The email address or the password is wrong.");
  }
  const { passwordHash, ...user } = found;
  await upgradeHash(app, user.id, password, passwordHash).catch((error) =>
    log().warn({ err: error }, "a password hash was not upgraded"),
  );
  return { by, identify: async () => ({ ...PASSWORD, user }) };
}

/** Sign-in through an app's backend. */
export async function signIn(app: App, credentials: Credentials, by: Actor): Promise<SessionResponse> {
  return completeSignIn(app, await provePassword(app, credentials, by));
}

/** Sign-in on the hosted pages or the dashboard. */
export async function signInWithBrowser(app: App, credentials: Credentials): Promise<BrowserSignIn> {
  return completeBrowserSignIn(app, await provePassword(app, credentials, ANONYMOUS_USER));
}
