/** Sends a magic link and a 6-digit code by email. */
import type { App } from "../apps/apps";
import { type Actor, recordEvent } from "../audit/events";
import { transaction } from "../database/client";
import { env } from "../env";
import { limitEmailRequests } from "../limits/email";
import { emailRow } from "../mail/email-row";
import { wakeOutbox } from "../mail/outbox";
import { createLinkToken } from "../one-time/link-token";
import { newOneTime } from "../one-time/one-time";
import { requireReturnUrl } from "../social/return-urls";
import type { EmailAddress } from "../users/email";
import { mayEmailSignIn, requireEmailMethod, SIGN_IN_EMAIL_MINUTES } from "./sign-in-email";

export interface MagicLinkRequest {
  email: EmailAddress;
  redirectUri?: string;
  state?: string;
  interactionId?: string;
}

async function writeMagicLink(app: App, { email, ...payload }: MagicLinkRequest, by: Actor): Promise<void> {
  const issued = newOneTime(app.id, {
    purpose: "magic_link",
    payload,
    ttlSeconds: SIGN_IN_EMAIL_MINUTES * 60,
    email: email.canonical,
    withCode: true,
  });
  const token = await createLinkToken(app, "magic_link", issued);
  const link = `${env().PUBLIC_URL}/api/auth/verify/${app.id}?token=${token}`;
  const data = { link, code: issued.code, minutes: SIGN_IN_EMAIL_MINUTES };
  const target = { type: "one_time", id: issued.row.id };
  await transaction(async (tx) => {
    await tx.oneTimeToken.create({ data: issued.row, select: { id: true } });
    await tx.mail.create({ data: emailRow(app, { template: "magic_link", to: email, data }), select: { id: true } });
    await recordEvent(tx, app.id, { type: "magic_link.sent", actor: by, target });
  });
  wakeOutbox();
}

/**
 * The response doesn't tell whether there is a user with this email address, nor whether the email
 * was sent.
 * @throws 400 if `redirectUri` is not one of the app's return URLs; 403 `method_disabled`; 429
 */
export async function sendMagicLink(app: App, request: MagicLinkRequest, by: Actor): Promise<{ status: "sent" }> {
  await limitEmailRequests(app.id);
  requireEmailMethod(app, "magic_link");
  const { email, redirectUri } = request;
  if (redirectUri !== undefined) await requireReturnUrl(app, redirectUri);
  if (await mayEmailSignIn(app, email)) await writeMagicLink(app, request, by);
  return { status: "sent" };
}
