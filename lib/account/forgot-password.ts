/** Sends a password reset link, at the request of the user or of an owner of the app. */
import type { App } from "../apps/apps";
import { type Actor, recordEvent, recordRejection } from "../audit/events";
import { withMinimumDuration } from "../crypto/minimum-duration";
import { transaction } from "../database/client";
import { limitEmailRequests, limitEmailsTo, mayEmail } from "../limits/email";
import { emailRow } from "../mail/email-row";
import { wakeOutbox } from "../mail/outbox";
import { createAccountLink } from "../one-time/account-links";
import { newOneTime } from "../one-time/one-time";
import type { EmailAddress } from "../users/email";
import { requirePasswordsEnabled } from "../users/new-password";
import { type EmailRecipient, findEmailRecipient, getEmailRecipient } from "./email-recipient";

export const RESET_MINUTES = 30;

async function sendResetLink(app: App, user: EmailRecipient, by: Actor, interactionId?: string): Promise<void> {
  const { id: userId, email, emailCanonical: canonical } = user;
  const payload = interactionId ? { interactionId } : {};
  const ttlSeconds = RESET_MINUTES * 60;
  const issued = newOneTime(app.id, { purpose: "reset_password", payload, ttlSeconds, userId, email: canonical });
  const link = await createAccountLink(app, "reset_password", issued);
  const data = { link, minutes: RESET_MINUTES };
  const row = emailRow(app, { template: "reset_password", to: { email, canonical }, userId, data });
  await transaction(async (tx) => {
    await tx.oneTimeToken.create({ data: issued.row, select: { id: true } });
    await tx.mail.create({ data: row, select: { id: true } });
    await recordEvent(tx, app.id, { type: "user.password_reset_sent", actor: by, userId });
  });
  wakeOutbox();
}

/**
 * Sends the link if a user has this email address. Neither the response nor its time tells the
 * requester.
 * @param interactionId the authorization request to continue after the reset
 * @throws 403 `method_disabled`; 429
 */
export async function requestPasswordReset(
  app: App,
  email: EmailAddress,
  by: Actor,
  interactionId?: string,
): Promise<void> {
  requirePasswordsEnabled(app);
  await limitEmailRequests(app.id);
  await withMinimumDuration(async () => {
    if (!(await mayEmail(app.id, email.canonical))) return;
    const user = await findEmailRecipient(app.id, email);
    if (user) return sendResetLink(app, user, by, interactionId);
    await recordRejection(app.id, { type: "user.password_reset_asked", actor: by, reason: "unknown_user" });
  });
}

/** For an owner of the app, who is told why the link can't be sent. @throws 403; 404; 409; 429 */
export async function sendPasswordReset(app: App, userId: string, by: Actor): Promise<void> {
  requirePasswordsEnabled(app);
  const user = await getEmailRecipient(app.id, userId);
  await limitEmailsTo(app.id, user.emailCanonical);
  await sendResetLink(app, user, by);
}
