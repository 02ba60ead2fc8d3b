/** A mail with the link to a new password: for whoever forgot it, and for owners who help a user. */
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

async function sendResetLink(
  app: App,
  user: Pick<EmailRecipient, "id" | "email" | "emailCanonical">,
  by: Actor,
  interactionId?: string,
) {
  const { id: userId, email, emailCanonical: canonical } = user;
  const payload = interactionId ? { interactionId } : {};
  const ttlSeconds = RESET_MINUTES * 60;
  const issued = newOneTime(app.id, { purpose: "reset_password", payload, ttlSeconds, userId, email: canonical });
  const link = await createAccountLink(app, "reset_password", issued);
  const data = { link, minutes: RESET_MINUTES };
  const mail = emailRow(app, { template: "reset_password", to: { email, canonical }, userId, data });
  await transaction(async (tx) => {
    await tx.oneTimeToken.create({ data: issued.row, select: { id: true } });
    await tx.mail.create({ data: mail, select: { id: true } });
    await recordEvent(tx, app.id, { type: "user.password_reset_sent", actor: by, userId });
  });
  wakeOutbox();
}

/** Mails the link if there is a user with this address. Who asks learns nothing either way, also not by the time it takes. */
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

/** The owner of an App sends a user the link; unlike the user, they are told why it does not go out. */
export async function sendPasswordReset(app: App, userId: string, by: Actor): Promise<void> {
  requirePasswordsEnabled(app);
  const user = await getEmailRecipient(app.id, userId);
  await limitEmailsTo(app.id, user.emailCanonical);
  await sendResetLink(app, user, by);
}
