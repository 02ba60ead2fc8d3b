/** Who a proven address belongs to: the user who has it verified, the one who had only claimed it (taken over), or a new one. */
import type { App } from "../apps/apps";
import { type Actor, recordEvent } from "../audit/events";
import { now } from "../clock";
import { db, type Tx } from "../database/client";
import { fail } from "../errors";
import { newId } from "../ids";
import type { EmailAddress } from "../users/email";
import { domainProblem, signUpProblem } from "../users/sign-up-policy";
import { USER_FIELDS, type UserSummary } from "../users/user-views";
import { claimAccount } from "./claim-account";

/** Whether somebody new with this address may become a user; 403 says why not. */
export function requireSignUpAllowed(app: App, email: EmailAddress): void {
  const problem = signUpProblem(app.settings, email);
  if (problem) fail(403, problem.code, problem.description);
}

/** 403 where the App takes only addresses of other domains. */
export function requireAllowedDomain(app: App, email: EmailAddress): void {
  const problem = domainProblem(app.settings, email);
  if (problem) fail(403, problem.code, problem.description);
}

export function isSignUpAllowed(app: App, email: EmailAddress): boolean {
  return signUpProblem(app.settings, email) === null;
}

export async function isEmailTaken(appId: string, email: EmailAddress): Promise<boolean> {
  const key = { appId_emailCanonical: { appId, emailCanonical: email.canonical } };
  return (await db().user.findUnique({ where: key, select: { id: true } })) !== null;
}

interface Proven {
  email: EmailAddress;
  /** The method that proved the address, for the audit trail. */
  method: string;
  by: Actor;
  /** For a new user. */
  name?: string | null;
}

/** The user of an address that was just proved, within the transaction that lets them in. */
export async function findOrCreateUserByEmail(
  tx: Tx,
  app: App,
  { email, method, by, name }: Proven,
): Promise<UserSummary> {
  const where = { appId_emailCanonical: { appId: app.id, emailCanonical: email.canonical } };
  const known = await tx.user.findUnique({ where, select: USER_FIELDS });
  if (known) return known.emailVerifiedAt ? known : claimAccount(tx, app.id, known.id, by);
  requireSignUpAllowed(app, email);
  const at = now();
  const id = newId("usr");
  // Two links of one address at once: the second waits here for the first, and finds its user.
  const { count } = await tx.user.createMany({
    data: {
      appId: app.id,
      id,
      email: email.email,
      emailCanonical: email.canonical,
      emailVerifiedAt: at,
      name: name ?? null,
      createdAt: at,
    },
    skipDuplicates: true,
  });
  if (count === 0) return findOrCreateUserByEmail(tx, app, { email, method, by, name });
  await recordEvent(tx, app.id, { type: "user.signed_up", actor: by, userId: id, explanation: { method } });
  return tx.user.findUniqueOrThrow({ where, select: USER_FIELDS });
}
