/**
 * Accepting an invitation: it proves the email address, so it creates a verified user and signs the
 * user in.
 */
import type { App } from "../apps/apps";
import { hasEmailMethod } from "../apps/sign-in-methods";
import { ANONYMOUS_USER, recordEvent } from "../audit/events";
import { now } from "../clock";
import { isUniqueViolation, type Tx } from "../database/client";
import { fail, failInput } from "../errors";
import { newId } from "../ids";
import { limitLinkRedemption } from "../limits/link-redemption";
import { consumeLink, failLink, peekLink } from "../one-time/emailed-links";
import { claimAccount, claimAndNotify, type KnownPassword } from "../signin/claim-account";
import type { Proof } from "../signin/complete";
import { type EmailAddress, parseEmail } from "../users/email";
import { newPasswordColumns } from "../users/new-password";
import { USER_FIELDS, type UserSummary } from "../users/user-views";
import { requireInvitationsAllowed } from "./invitations";

const METHOD = "invitation";

export interface Acceptance {
  name: string | null;
  /** Absent if the user wants to sign in with emailed links or codes. */
  password?: string;
  /** To keep the password of an account whose email address was never verified. */
  known?: KnownPassword;
}

function parseRecipient(canonical: string | null): EmailAddress {
  return parseEmail(canonical ?? "") ?? failLink("unknown");
}

/** For the page that asks the user to accept. @throws 400; 403 `signup_closed` */
export async function peekInvitation(app: App, token: string): Promise<EmailAddress & { redirectUri?: string }> {
  requireInvitationsAllowed(app);
  const { email, payload } = await peekLink(app, "user_invitation", token);
  return { ...parseRecipient(email), redirectUri: payload.redirectUri };
}

function failEmailTaken(cause?: unknown): never {
  fail(409, "email_taken", "An account with this email address already exists. Sign in instead.", { cause });
}

/** A password is required if the app offers no sign-in by email. */
async function acceptedColumns(app: App, email: string, { name, password, known }: Acceptance) {
  const { methods } = app.settings;
  if (known) return { name };
  if (methods.password && password !== undefined)
    return { name, ...(await newPasswordColumns(app, { password, email })) };
  if (methods.password && !hasEmailMethod(app.settings)) failInput({ password: "is missing" });
  return { name };
}

async function createInvitedUser(tx: Tx, app: App, email: EmailAddress, columns: object): Promise<UserSummary> {
  const id = newId("usr");
  const at = now();
  const verified = { email: email.email, emailCanonical: email.canonical, emailVerifiedAt: at };
  const data = { appId: app.id, id, ...verified, ...columns, createdAt: at };
  const user = await tx.user.create({ data, select: USER_FIELDS }).catch((error) => {
    if (isUniqueViolation(error)) failEmailTaken(error);
    throw error;
  });
  const explanation = { method: METHOD };
  await recordEvent(tx, app.id, { type: "user.signed_up", actor: ANONYMOUS_USER, userId: id, explanation });
  return user;
}

interface Accepted {
  email: EmailAddress;
  columns: { name: string | null; passwordHash?: string };
  known: KnownPassword | undefined;
}

async function claimOrCreateUser(tx: Tx, app: App, { email, columns, known: kept }: Accepted): Promise<UserSummary> {
  const where = { appId_emailCanonical: { appId: app.id, emailCanonical: email.canonical } };
  const known = await tx.user.findUnique({ where, select: USER_FIELDS });
  if (!known) return createInvitedUser(tx, app, email, columns);
  // The link may be a week old: it creates an account, but must not sign in to an existing one.
  if (known.emailVerifiedAt) failEmailTaken();
  // A new password needs no email about the one that it replaces.
  if (columns.passwordHash) await claimAccount(tx, app.id, known.id, ANONYMOUS_USER);
  else await claimAndNotify(tx, app, known, ANONYMOUS_USER, kept);
  return tx.user.update({ where: { appId_id: { appId: app.id, id: known.id } }, data: columns, select: USER_FIELDS });
}

/** @throws 400; 403 `signup_closed`; 409 `email_taken`; 429 */
export async function proveByInvitation(app: App, token: string, acceptance: Acceptance): Promise<Proof> {
  await limitLinkRedemption();
  requireInvitationsAllowed(app);
  // A problem with the link is reported before a problem with the password.
  const { email: invited } = await peekLink(app, "user_invitation", token);
  const columns = await acceptedColumns(app, parseRecipient(invited).email, acceptance);
  return {
    by: ANONYMOUS_USER,
    identify: async (tx) => {
      const { email } = await consumeLink(tx, app, "user_invitation", token);
      const user = await claimOrCreateUser(tx, app, {
        email: parseRecipient(email),
        columns,
        known: acceptance.known,
      });
      return { user, method: METHOD, amr: ["otp"] }; // RFC 8176 §2: one-time password
    },
  };
}
