/** The user of a verified email address: an existing user, a claimed account, or a new user. */
import type { App } from "../apps/apps";
import { type Actor, recordEvent } from "../audit/events";
import { now } from "../clock";
import { prepared, type Tx } from "../database/client";
import { fail } from "../errors";
import { newId } from "../ids";
import type { EmailAddress } from "../users/email";
import { domainProblem, signUpProblem } from "../users/sign-up-policy";
import { USER_FIELDS, type UserSummary } from "../users/user-views";
import { claimAndNotify, type KnownPassword } from "./claim-account";

/** @throws 403 if the app doesn't allow a sign-up with this email address */
export function requireSignUpAllowed(app: App, email: EmailAddress): void {
  const problem = signUpProblem(app.settings, email);
  if (problem) fail(403, problem.code, problem.description);
}

/** @throws 403 if the app doesn't allow the domain of this email address */
export function requireAllowedDomain(app: App, email: EmailAddress): void {
  const problem = domainProblem(app.settings, email);
  if (problem) fail(403, problem.code, problem.description);
}

export function isSignUpAllowed(app: App, email: EmailAddress): boolean {
  return signUpProblem(app.settings, email) === null;
}

export async function isEmailTaken(appId: string, { canonical }: EmailAddress): Promise<boolean> {
  const text = `SELECT 1 FROM "User" WHERE "appId" = $1 AND "emailCanonical" = $2`;
  return (await prepared("email-taken", text, [appId, canonical])).length > 0;
}

interface VerifiedEmail {
  email: EmailAddress;
  /** The method that verified the email address, for the audit trail. */
  method: string;
  by: Actor;
  /** To keep the password of an account whose email address was never verified. */
  known?: KnownPassword;
}

/** @throws 403 if there is no user yet and the app doesn't allow the sign-up */
export async function findOrCreateUserByEmail(tx: Tx, app: App, verified: VerifiedEmail): Promise<UserSummary> {
  const { email, method, by, known: password } = verified;
  const where = { appId_emailCanonical: { appId: app.id, emailCanonical: email.canonical } };
  const known = await tx.user.findUnique({ where, select: USER_FIELDS });
  if (known) return known.emailVerifiedAt ? known : claimAndNotify(tx, app, known, by, password);
  requireSignUpAllowed(app, email);
  const at = now();
  const id = newId("usr");
  // Of two links for the same address at once, the second waits here and then finds the user.
  const { count } = await tx.user.createMany({
    data: {
      appId: app.id,
      id,
      email: email.email,
      emailCanonical: email.canonical,
      emailVerifiedAt: at,
      createdAt: at,
    },
    skipDuplicates: true,
  });
  if (count === 0) return findOrCreateUserByEmail(tx, app, verified);
  await recordEvent(tx, app.id, { type: "user.signed_up", actor: by, userId: id, explanation: { method } });
  return tx.user.findUniqueOrThrow({ where, select: USER_FIELDS });
}
