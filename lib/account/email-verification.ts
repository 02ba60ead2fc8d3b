/** Whether an address is its user's: the mail that asks, and its two answers. */
import type { App } from "../apps/apps";
import { type Actor, recordEvent, recordRejection } from "../audit/events";
import { now } from "../clock";
import { withMinimumDuration } from "../crypto/minimum-duration";
import { type Tx, transaction } from "../database/client";
import { fail } from "../errors";
import { limitEmailRequests, limitEmailsTo, mayEmail } from "../limits/email";
import { limitLinkRedemption } from "../limits/link-redemption";
import { wakeOutbox } from "../mail/outbox";
import { consumeLink, failLink, peekLink } from "../one-time/emailed-links";
import { deleteOneTimes } from "../one-time/one-time";
import { clearAccount } from "../signin/claim-account";
import { newVerification } from "../signin/verification-email";
import type { EmailAddress } from "../users/email";
import { type EmailRecipient, findEmailRecipient, getEmailRecipient } from "./email-recipient";
import { getEmailOwner } from "./link-user";

async function send(app: App, user: EmailRecipient, by: Actor, interactionId?: string): Promise<void> {
  const { token, mail } = await newVerification(app, user, interactionId);
  await transaction(async (tx) => {
    await tx.oneTimeToken.create({ data: token, select: { id: true } });
    await tx.mail.create({ data: mail, select: { id: true } });
    await recordEvent(tx, app.id, { type: "user.verification_sent", actor: by, userId: user.id });
  });
  wakeOutbox();
}

/** Mails the link again, if there is a user with this address and it is not verified yet. Who asks learns nothing either way. */
export async function requestVerification(
  app: App,
  email: EmailAddress,
  by: Actor,
  interactionId?: string,
): Promise<void> {
  await limitEmailRequests(app.id);
  await withMinimumDuration(async () => {
    if (!(await mayEmail(app.id, email.canonical))) return;
    const user = await findEmailRecipient(app.id, email);
    const reason = user ? "verified_already" : "unknown_user";
    if (user && !user.emailVerifiedAt) await send(app, user, by, interactionId);
    else await recordRejection(app.id, { type: "user.verification_asked", actor: by, userId: user?.id, reason });
  });
}

/** The owner of an App has the link mailed again; unlike the user, they are told why it does not go out. */
export async function sendVerification(app: App, userId: string, by: Actor): Promise<void> {
  const user = await getEmailRecipient(app.id, userId);
  if (user.emailVerifiedAt) fail(409, "verified_already", "This address is verified already.");
  await limitEmailsTo(app.id, user.emailCanonical);
  await send(app, user, by);
}

/** What the page says before it asks. */
export async function peekVerification(app: App, token: string): Promise<{ email: string; accountCreatedAt: Date }> {
  const { email, createdAt } = await getEmailOwner(app.id, await peekLink(app, "verify_email", token));
  return { email, accountCreatedAt: createdAt };
}

/** "Yes, this is my address." → the authorization request that waits for it, if any. */
export async function verifyEmail(app: App, token: string): Promise<{ email: string; interactionId?: string }> {
  await limitLinkRedemption();
  return transaction(async (tx) => {
    const link = await consumeLink(tx, app, "verify_email", token);
    const { id, email } = await getEmailOwner(app.id, link, tx);
    await tx.user.updateMany({
      where: { appId: app.id, id, emailVerifiedAt: null },
      data: { emailVerifiedAt: now(), updatedAt: now() },
    });
    // Another one of these mails must not be able to say "it was not me" of a verified account.
    await deleteOneTimes(tx, app.id, { userId: id, purposes: ["verify_email"] });
    await recordEvent(tx, app.id, { type: "user.email_verified", actor: { type: "user", id }, userId: id });
    return { email, interactionId: link.payload.interactionId };
  });
}

/** Whether the App itself has put something on a user that must not vanish without it: an id or data of its own, a part in an App. */
async function isNeeded(tx: Tx, appId: string, userId: string): Promise<boolean> {
  const { externalId, metadata, publicMetadata, _count } = await tx.user.findUniqueOrThrow({
    where: { appId_id: { appId, id: userId } },
    select: { externalId: true, metadata: true, publicMetadata: true, _count: { select: { memberships: true } } },
  });
  const isEmpty = (value: unknown) => Object.keys(value as object).length === 0;
  return externalId !== null || !isEmpty(metadata) || !isEmpty(publicMetadata) || _count.memberships > 0;
}

/**
 * "It was not me." Whoever made the account with somebody else's address loses it: password, sessions, everything they set up. The address is
 * free again, unless the App has put something of its own on the user; then the row stays, unverified, and only the owner of the
 * address can come in, by a mail.
 */
export async function disownEmail(app: App, token: string): Promise<void> {
  await limitLinkRedemption();
  await transaction(async (tx) => {
    const { id: userId } = await getEmailOwner(app.id, await consumeLink(tx, app, "verify_email", token), tx);
    // Who was verified meanwhile is nobody's to disown. The password goes first, so that nobody comes in by it while the rest goes.
    const { count } = await tx.user.updateMany({
      where: { appId: app.id, id: userId, emailVerifiedAt: null },
      data: { passwordHash: null, passwordChangedAt: now(), lastSignInAt: null },
    });
    if (count === 0) failLink("unknown");
    const kept = await isNeeded(tx, app.id, userId);
    await clearAccount(tx, app.id, userId, "disowned");
    if (!kept) await tx.user.delete({ where: { appId_id: { appId: app.id, id: userId } }, select: { id: true } });
    await recordEvent(tx, app.id, {
      type: "user.disowned",
      actor: { type: "user" },
      userId,
      explanation: { user: kept ? "kept" : "removed" },
    });
  });
}
