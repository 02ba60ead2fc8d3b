/**
 * A signed-in user changes the email address. The new address must confirm the change by a link.
 * The old address is notified when the change is requested, and a new password then cancels it, and
 * again when it is done.
 */
import type { App } from "../apps/apps";
import { recordEvent } from "../audit/events";
import { now } from "../clock";
import { isUniqueViolation, type Prisma, transaction } from "../database/client";
import { fail, failInput } from "../errors";
import { limitEmailRequests, mayEmail } from "../limits/email";
import { limitLinkRedemption } from "../limits/link-redemption";
import { emailRow } from "../mail/email-row";
import { wakeOutbox } from "../mail/outbox";
import { accountUrl, createAccountLink } from "../one-time/account-links";
import { consumeLink, peekLink } from "../one-time/emailed-links";
import { deleteOneTimes, newOneTime } from "../one-time/one-time";
import { isEmailTaken, requireAllowedDomain } from "../signin/user-by-email";
import type { EmailAddress } from "../users/email";
import { maskedEmail } from "../users/masked-email";
import { deleteLinksToOldEmail } from "../users/pending-links";
import { getLinkUser } from "./link-user";
import { emailChangeEmails } from "./notification-emails";
import { type CurrentUser, reauthenticate } from "./reauthenticate";

export const CHANGE_HOURS = 24;

export interface EmailChange extends CurrentUser {
  email: EmailAddress;
  /** Absent if the user has no password. */
  password?: string;
}

interface Confirmation {
  tokens: Prisma.OneTimeTokenCreateManyInput[];
  email: Prisma.MailCreateManyInput;
}

/**
 * The email to the new address: the link that confirms it or, if another user has it, a hint to
 * sign in instead. The requester can't tell which one was sent.
 */
async function confirmationTo(app: App, userId: string, to: EmailAddress): Promise<Confirmation> {
  if (await isEmailTaken(app.id, to)) {
    const data = { link: accountUrl(app) };
    return { tokens: [], email: emailRow(app, { template: "account_exists", to, data }) };
  }
  const { email, canonical } = to;
  const ttlSeconds = CHANGE_HOURS * 3600;
  const issued = newOneTime(app.id, {
    purpose: "change_email",
    payload: { email, canonical },
    ttlSeconds,
    userId,
    email: canonical,
  });
  const link = await createAccountLink(app, "change_email", issued);
  const data = { link, hours: CHANGE_HOURS };
  return { tokens: [issued.row], email: emailRow(app, { template: "confirm_address", to, userId, data }) };
}

/**
 * Sends the link to the new address and notifies the old one. Nothing changes yet.
 * @throws 400 that names the field; 403 `email_domain_not_allowed`, `reauthentication_required`;
 * 429
 */
export async function requestEmailChange(app: App, change: EmailChange): Promise<void> {
  await limitEmailRequests(app.id);
  const { userId, sessionId, email: to } = change;
  requireAllowedDomain(app, to);
  const by = { type: "user", id: userId } as const;
  const user = await reauthenticate(app, change, change.password, "password");
  if (user.emailCanonical === to.canonical) failInput({ email: "is already your email address" });
  const { tokens, email } = await confirmationTo(app, userId, to);
  // Counted for both recipients. Beyond the limit nothing is sent, and nothing is said: an error
  // would reveal how many emails another person gets.
  const allowed = (await mayEmail(app.id, to.canonical)) && (await mayEmail(app.id, user.emailCanonical ?? user.id));
  await transaction(async (tx) => {
    await deleteOneTimes(tx, app.id, { userId, purposes: ["change_email"] });
    if (allowed) {
      await tx.oneTimeToken.createMany({ data: tokens });
      await tx.mail.createMany({ data: [email, ...emailChangeEmails(app, user, "asked", maskedEmail(to.email))] });
    }
    await recordEvent(tx, app.id, { type: "user.email_change_asked", actor: by, userId, sessionId });
  });
  wakeOutbox();
}

/**
 * For the page that asks the user to confirm. The old address is masked, since the reader may be a
 * different person.
 */
export async function peekEmailChange(app: App, token: string): Promise<{ email: string; before: string | null }> {
  const link = await peekLink(app, "change_email", token);
  const { email } = await getLinkUser(app.id, link);
  return { email: link.payload.email, before: email && maskedEmail(email) };
}

function failEmailTaken(cause: unknown): never {
  fail(409, "email_taken", "Another account now has this email address, so nothing was changed.", { cause });
}

/** @throws 400 for the link; 403 if the user is disabled; 409 `email_taken`; 429 */
export async function confirmEmailChange(app: App, token: string): Promise<{ email: string }> {
  await limitLinkRedemption();
  const email = await transaction(async (tx) => {
    const link = await consumeLink(tx, app, "change_email", token);
    const user = await getLinkUser(app.id, link, tx);
    const { id: userId } = user;
    const { email: to, canonical } = link.payload;
    await tx.user.update({
      where: { appId_id: { appId: app.id, id: userId } },
      data: { email: to, emailCanonical: canonical, emailVerifiedAt: now(), updatedAt: now() },
      select: { id: true },
    });
    await deleteLinksToOldEmail(tx, app.id, user);
    await tx.mail.createMany({ data: emailChangeEmails(app, user, "done", maskedEmail(to)) });
    await recordEvent(tx, app.id, { type: "user.email_changed", actor: { type: "user", id: userId }, userId });
    return to;
  }).catch((error) => (isUniqueViolation(error) ? failEmailTaken(error) : Promise.reject(error)));
  wakeOutbox();
  return { email };
}
