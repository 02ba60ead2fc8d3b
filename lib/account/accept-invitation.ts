/** Whom an invitation makes a user: whoever opens its mail has the address, so it is verified, and they are let in at once. */
import type { App } from "../apps/apps";
import { type Actor, recordEvent } from "../audit/events";
import { now } from "../clock";
import { isUniqueViolation, type Tx } from "../database/client";
import { fail, failInput } from "../errors";
import { newId } from "../ids";
import { limitLinkRedemption } from "../limits/link-redemption";
import { consumeLink, failLink, peekLink } from "../one-time/emailed-links";
import { claimAccount } from "../signin/claim-account";
import type { Proof } from "../signin/complete";
import { type EmailAddress, parseEmail } from "../users/email";
import { newPasswordColumns } from "../users/new-password";
import { USER_FIELDS, type UserSummary } from "../users/user-views";
import { requireInvitationsAllowed } from "./invitations";

const SOMEBODY: Actor = { type: "user" };

export interface Acceptance {
  name: string | null;
  /** Left out by who wants to sign in by mail. */
  password?: string;
}

/** What the page says before it asks, and where to afterwards. */
export async function peekInvitation(app: App, token: string): Promise<{ email: string; redirectUri?: string }> {
  requireInvitationsAllowed(app);
  const { email, payload } = await peekLink(app, "user_invitation", token);
  return { email: addressOf(email).email, redirectUri: payload.redirectUri };
}

function addressOf(canonical: string | null): EmailAddress {
  return parseEmail(canonical ?? "") ?? failLink("unknown");
}

function failMember(cause?: unknown): never {
  fail(409, "email_taken", "There is an account with this address already. Sign in instead.", { cause });
}

/** A password is wanted where the App offers no other way that the account could be entered by. */
async function columnsOf(app: App, { name, password }: Acceptance) {
  const { methods } = app.settings;
  if (password === undefined || !methods.password) {
    if (methods.password && !methods.magic_link) failInput({ password: "is missing" });
    return { name };
  }
  return { name, ...(await newPasswordColumns(app, password, "password")) };
}

async function makeUser(tx: Tx, app: App, email: EmailAddress, columns: object): Promise<UserSummary> {
  const where = { appId_emailCanonical: { appId: app.id, emailCanonical: email.canonical } };
  const known = await tx.user.findUnique({ where, select: USER_FIELDS });
  // The link is a week old at times: it makes an account, and is no key to one.
  if (known?.emailVerifiedAt) failMember();
  if (known) {
    await claimAccount(tx, app.id, known.id, SOMEBODY);
    return tx.user.update({ where: { appId_id: { appId: app.id, id: known.id } }, data: columns, select: USER_FIELDS });
  }
  const id = newId("usr");
  const at = now();
  const address = { email: email.email, emailCanonical: email.canonical, emailVerifiedAt: at };
  const data = { appId: app.id, id, ...address, ...columns, createdAt: at };
  const made = await tx.user.create({ data, select: USER_FIELDS }).catch((error) => {
    if (isUniqueViolation(error)) failMember(error);
    throw error;
  });
  const explanation = { method: "invitation" };
  await recordEvent(tx, app.id, { type: "user.signed_up", actor: SOMEBODY, userId: id, explanation });
  return made;
}

/** The invited, about to be let in; the link is used up together with that. */
export async function proveByInvitation(app: App, token: string, acceptance: Acceptance): Promise<Proof> {
  await limitLinkRedemption();
  requireInvitationsAllowed(app);
  await peekLink(app, "user_invitation", token);
  const columns = await columnsOf(app, acceptance);
  return {
    method: "invitation",
    amr: ["otp"], // RFC 8176 §2: one-time
    by: SOMEBODY,
    user: async (tx) => {
      const { email } = await consumeLink(tx, app, "user_invitation", token);
      return makeUser(tx, app, addressOf(email), columns);
    },
  };
}
