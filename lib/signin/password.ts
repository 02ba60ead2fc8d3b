/** E-mail and password: sign-up and sign-in for an App's backend. */

import type { App } from "../apps/apps";
import { type Actor, eventRow, recordRejection } from "../audit/events";
import { now } from "../clock";
import { db } from "../database/client";
import { fail, failInput } from "../errors";
import { newId } from "../ids";
import { limitAttempts, PASSWORD_ATTEMPTS } from "../limits/attempts";
import { limitSignIns, limitSignUps } from "../limits/sign-in";
import { log } from "../log";

import type { EmailAddress } from "../users/email";
import { hashPassword, needsRehash, verifyPassword } from "../users/password-hashing";
import { passwordProblem } from "../users/password-policy";
import { USER_FIELDS } from "../users/user-views";
import { completeSignIn, type Proof } from "./complete";
import type { SessionResponse } from "./session-response";
import { requireSignUpAllowed } from "./user-by-email";
import { newVerification, type UnverifiedUser } from "./verification-email";

const PASSWORD_AMR = ["pwd"]; // RFC 8176 §2

function failEmailTaken(cause?: unknown): never {
  fail(409, "email_taken", "A user with this e-mail address exists already. Sign them in instead.", { cause });
}

function requirePasswordSignup(app: App, email: EmailAddress): void {
  if (!app.settings.methods.password)
    fail(403, "method_disabled", "This App does not use passwords. Its owner can switch them on in the settings.");
  requireSignUpAllowed(app, email);
}

export interface SignUpInput {
  email: EmailAddress;
  password: string;
  name: string | null;
  /** The authorization request that waits for it. */
  interactionId?: string;
}

/** The mail that asks whether the address is theirs, as writes beside the new user. */
async function verificationWrites(app: App, user: UnverifiedUser, interactionId: string | undefined) {
  const { verify_email_on_signup, require_verified_email } = app.settings;
  if (!verify_email_on_signup && !require_verified_email) return [];
  const { token, mail } = await newVerification(app, user, interactionId);
  return [
    db().oneTimeToken.create({ data: token, select: { id: true } }),
    db().mail.create({ data: mail, select: { id: true } }),
  ];
}

/** A new user of the App, about to be let in. 409 `email_taken` for the second of the same address, also when both come at once. */
export async function proveSignUp(app: App, input: SignUpInput, by: Actor): Promise<Proof> {
  await limitSignUps(app.id);
  requirePasswordSignup(app, input.email);
  const problem = passwordProblem(input.password, app.settings.password_minimum_bytes);
  if (problem) failInput({ password: problem });

  const key = { appId_emailCanonical: { appId: app.id, emailCanonical: input.email.canonical } };
  if (await db().user.findUnique({ where: key, select: { id: true } })) failEmailTaken();

  const at = now();
  const user = {
    appId: app.id,
    id: newId("usr"),
    email: input.email.email,
    emailCanonical: input.email.canonical,
    passwordHash: await hashPassword(input.password),
    passwordChangedAt: at,
    name: input.name,
    createdAt: at,
  };
  const event = eventRow(app.id, {
    type: "user.signed_up",
    actor: by,
    userId: user.id,
    explanation: { method: "password" },
  });
  return {
    user: { ...user, emailVerifiedAt: null, disabledAt: null },
    method: "password",
    amr: PASSWORD_AMR,
    by,
    first: [
      db().user.create({ data: user, select: { id: true } }),
      db().auditEvent.create({ data: event, select: { id: true } }),
      ...(await verificationWrites(app, user, input.interactionId)),
    ],
    failTaken: failEmailTaken,
  };
}

/** Whose address and password these are, or null; as slow for nobody's as for somebody's. */
async function findByPassword(app: App, { email, password }: { email: EmailAddress; password: string }) {
  const found = await db().user.findUnique({
    where: { appId_emailCanonical: { appId: app.id, emailCanonical: email.canonical } },
    select: { ...USER_FIELDS, passwordHash: true },
  });
  const matches = await verifyPassword(password, found?.passwordHash ?? null);
  return { found, matches };
}

/** More work is asked of a hash than when this one was made: made anew while the password is at hand. */
async function upgradeHash(app: App, userId: string, password: string, passwordHash: string): Promise<void> {
  if (!needsRehash(passwordHash)) return;
  const upgraded = await hashPassword(password);
  // Only in place of the hash just compared: a password changed meanwhile stays changed.
  await db().user.updateMany({ where: { appId: app.id, id: userId, passwordHash }, data: { passwordHash: upgraded } });
}

async function recordFailure(app: App, by: Actor, userId: string | undefined): Promise<void> {
  const reason = userId ? "wrong_password" : "unknown_user";
  await recordRejection(app.id, { type: "user.sign_in_failed", outcome: "failure", actor: by, userId, reason });
}

/** 401 `invalid_credentials`, in the same time and words for an unknown address and a wrong password; 429 after too many. */
export async function provePassword(
  app: App,
  input: { email: EmailAddress; password: string },
  by: Actor,
): Promise<Proof> {
  await limitSignIns(app.id);
  if (!app.settings.methods.password) fail(403, "method_disabled", "This App does not use passwords.");
  const { found, matches } = await limitAttempts(app.id, PASSWORD_ATTEMPTS, input.email.canonical, async () => {
    const value = await findByPassword(app, input);
    return { success: value.matches, value };
  });
  if (!found || !matches || !found.passwordHash) {
    await recordFailure(app, by, found?.id);
    fail(401, "invalid_credentials", "E-mail address or password is wrong.");
  }
  const { passwordHash, ...user } = found;
  await upgradeHash(app, user.id, input.password, passwordHash).catch((error) =>
    log().warn({ err: error }, "a hash was not upgraded"),
  );
  return { user, method: "password", amr: PASSWORD_AMR, by };
}

/** Sign-up for an App's backend. */
export async function signUp(app: App, input: SignUpInput, by: Actor): Promise<SessionResponse> {
  return completeSignIn(app, await proveSignUp(app, input, by));
}

/** Sign-in for an App's backend. */
export async function signIn(
  app: App,
  input: { email: EmailAddress; password: string },
  by: Actor,
): Promise<SessionResponse> {
  return completeSignIn(app, await provePassword(app, input, by));
}
