/** Sends a 6-digit code by email that signs in, without a link. */
import type { App } from "../apps/apps";
import { type Actor, recordEvent } from "../audit/events";
import { transaction } from "../database/client";
import { limitEmailRequests } from "../limits/email";
import { emailRow } from "../mail/email-row";
import { wakeOutbox } from "../mail/outbox";
import { newOneTime } from "../one-time/one-time";
import type { EmailAddress } from "../users/email";
import { mayEmailSignIn, requireEmailMethod, SIGN_IN_EMAIL_MINUTES } from "./sign-in-email";

async function writeEmailCode(app: App, email: EmailAddress, by: Actor): Promise<void> {
  const { row, code } = newOneTime(app.id, {
    purpose: "email_code",
    payload: {},
    ttlSeconds: SIGN_IN_EMAIL_MINUTES * 60,
    email: email.canonical,
    withCode: true,
  });
  const data = { code: code ?? "", minutes: SIGN_IN_EMAIL_MINUTES };
  await transaction(async (tx) => {
    await tx.oneTimeToken.create({ data: row, select: { id: true } });
    await tx.mail.create({ data: emailRow(app, { template: "sign_in_code", to: email, data }), select: { id: true } });
    await recordEvent(tx, app.id, { type: "email_code.sent", actor: by, target: { type: "one_time", id: row.id } });
  });
  wakeOutbox();
}

/**
 * The response doesn't tell whether there is a user with this email address, nor whether the email
 * was sent.
 * @throws 403 `method_disabled`; 429
 */
export async function sendEmailCode(app: App, email: EmailAddress, by: Actor): Promise<{ status: "sent" }> {
  await limitEmailRequests(app.id);
  requireEmailMethod(app, "email_code");
  if (await mayEmailSignIn(app, email)) await writeEmailCode(app, email, by);
  return { status: "sent" };
}
