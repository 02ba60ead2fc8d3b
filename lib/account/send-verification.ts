/** Sends the verification email again, at the request of the user or of an owner of the app. */
import type { App } from "../apps/apps";
import { type Actor, recordEvent, recordRejection } from "../audit/events";
import { withMinimumDuration } from "../crypto/minimum-duration";
import { transaction } from "../database/client";
import { fail } from "../errors";
import { limitEmailRequests, limitEmailsTo, mayEmail } from "../limits/email";
import { wakeOutbox } from "../mail/outbox";
import { newVerification } from "../signin/verification-email";
import type { EmailAddress } from "../users/email";
import { type EmailRecipient, findEmailRecipient, getEmailRecipient } from "./email-recipient";

async function send(app: App, user: EmailRecipient, by: Actor, interactionId?: string): Promise<void> {
  const { token, email } = await newVerification(app, user, interactionId);
  await transaction(async (tx) => {
    await tx.oneTimeToken.create({ data: token, select: { id: true } });
    await tx.mail.create({ data: email, select: { id: true } });
    await recordEvent(tx, app.id, { type: "user.verification_sent", actor: by, userId: user.id });
  });
  wakeOutbox();
}

/**
 * Sends the email if a user has this address and it is not verified. Neither the response nor its
 * time tells the requester.
 * @param interactionId the authorization request to continue after the verification
 * @throws 429
 */
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

/** For an owner of the app, who is told why the email can't be sent. @throws 404; 409; 429 */
export async function sendVerification(app: App, userId: string, by: Actor): Promise<void> {
  const user = await getEmailRecipient(app.id, userId);
  if (user.emailVerifiedAt) fail(409, "verified_already", "This email address is already verified.");
  await limitEmailsTo(app.id, user.emailCanonical);
  await send(app, user, by);
}
