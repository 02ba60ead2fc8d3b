/**
 * A user moves to another address. Both ends are told: the new one confirms by a link that it can be reached, the old one hears of it before and
 * after, and a new password stops it in between.
 */
import type { App } from "../apps/apps";
import { recordEvent } from "../audit/events";
import { now } from "../clock";
import { db, isUniqueViolation, type Prisma, transaction } from "../database/client";
import { fail, failInput } from "../errors";
import { limitEmailRequests, mayEmail } from "../limits/email";
import { limitLinkRedemption } from "../limits/link-redemption";
import { emailRow } from "../mail/email-row";
import { wakeOutbox } from "../mail/outbox";
import { accountUrl, createAccountLink } from "../one-time/account-links";
import { consumeLink, peekLink } from "../one-time/emailed-links";
import { deleteOneTimes, newOneTime } from "../one-time/one-time";
import { requireAllowedDomain } from "../signin/user-by-email";
import type { EmailAddress } from "../users/email";
import { maskedEmail } from "../users/masked-email";
import { deleteLinksToOldEmail } from "../users/pending-links";
import { getLinkUser } from "./link-user";
import { emailChangeEmails } from "./notification-emails";
import { type CurrentUser, reauthenticate } from "./reauthenticate";

export const CHANGE_HOURS = 24;

export interface EmailChange extends CurrentUser {
  email: EmailAddress;
  /** Not asked of who has none. */
  password?: string;
}

async function isTaken(appId: string, { canonical }: EmailAddress): Promise<boolean> {
  const where = { appId_emailCanonical: { appId, emailCanonical: canonical } };
  return (await db().user.findUnique({ where, select: { id: true } })) !== null;
}

interface Question {
  token: Prisma.OneTimeTokenCreateManyInput[];
  mail: Prisma.MailCreateManyInput;
}

/** What the new address is sent: the question, or, where somebody has it already, that they do. The one who asks cannot tell which. */
async function questionTo(app: App, userId: string, to: EmailAddress): Promise<Question> {
  if (await isTaken(app.id, to)) {
    const data = { link: accountUrl(app) };
    return { token: [], mail: emailRow(app, { template: "account_exists", to, data }) };
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
  return { token: [issued.row], mail: emailRow(app, { template: "confirm_address", to, userId, data }) };
}

/**
 * Asks the new address to confirm itself, and tells the old one. Nothing has changed yet.
 * @throws 400 that names the field; 403 `email_domain_not_allowed`, `reauthentication_required`; 429
 */
export async function requestEmailChange(app: App, change: EmailChange): Promise<void> {
  await limitEmailRequests(app.id);
  const { userId, sessionId, email: to } = change;
  requireAllowedDomain(app, to);
  const by = { type: "user", id: userId } as const;
  const user = await reauthenticate(app, change, change.password, "password");
  if (user.emailCanonical === to.canonical) failInput({ email: "is your address already" });
  const { token, mail } = await questionTo(app, userId, to);
  // Counted by both ends, so that nobody is flooded by somebody who keeps asking; in silence, since a word would tell of others' mail.
  const mayGo = (await mayEmail(app.id, to.canonical)) && (await mayEmail(app.id, user.emailCanonical ?? user.id));
  await transaction(async (tx) => {
    await deleteOneTimes(tx, app.id, { userId, purposes: ["change_email"] });
    if (mayGo) {
      await tx.oneTimeToken.createMany({ data: token });
      await tx.mail.createMany({ data: [mail, ...emailChangeEmails(app, user, "asked", maskedEmail(to.email))] });
    }
    await recordEvent(tx, app.id, { type: "user.email_change_asked", actor: by, userId, sessionId });
  });
  wakeOutbox();
}

/** What the page says before it asks: the old address as much as the reader of the new one should see. */
export async function peekEmailChange(app: App, token: string): Promise<{ email: string; before: string | null }> {
  const link = await peekLink(app, "change_email", token);
  const { email } = await getLinkUser(app.id, link);
  return { email: link.payload.email, before: email && maskedEmail(email) };
}

function failTaken(cause: unknown): never {
  fail(409, "email_taken", "Another account has this address by now, so nothing was changed.", { cause });
}

/** Moves the account to the address that confirmed itself. 409 when somebody else has it by now. */
export async function confirmEmailChange(app: App, token: string): Promise<{ email: string }> {
  await limitLinkRedemption();
  const email = await transaction(async (tx) => {
    const link = await consumeLink(tx, app, "change_email", token);
    const owner = await getLinkUser(app.id, link, tx);
    const { id: userId } = owner;
    const { email: to, canonical } = link.payload;
    await tx.user.update({
      where: { appId_id: { appId: app.id, id: userId } },
      data: { email: to, emailCanonical: canonical, emailVerifiedAt: now(), updatedAt: now() },
      select: { id: true },
    });
    await deleteLinksToOldEmail(tx, app.id, owner);
    await tx.mail.createMany({ data: emailChangeEmails(app, owner, "done", maskedEmail(to)) });
    await recordEvent(tx, app.id, { type: "user.email_changed", actor: { type: "user", id: userId }, userId });
    return to;
  }).catch((error) => (isUniqueViolation(error) ? failTaken(error) : Promise.reject(error)));
  wakeOutbox();
  return { email };
}
