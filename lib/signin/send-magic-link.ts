/** Sends a magic link and a 6-digit code by email. */
import type { App } from "../apps/apps";
import { type Actor, recordEvent } from "../audit/events";
import { transaction } from "../database/client";
import { env } from "../env";
import { fail } from "../errors";
import { limitEmailRequests, mayEmail } from "../limits/email";
import { emailRow } from "../mail/email-row";
import { wakeOutbox } from "../mail/outbox";
import { createLinkToken } from "../one-time/link-token";
import { newOneTime } from "../one-time/one-time";
import { requireReturnUrl } from "../social/return-urls";
import type { EmailAddress } from "../users/email";
import { isEmailTaken, isSignUpAllowed } from "./user-by-email";

export const MAGIC_LINK_MINUTES = 15;

export interface MagicLinkRequest {
  email: EmailAddress;
  redirectUri?: string;
  state?: string;
  interactionId?: string;
}

/** @throws 403 if the app doesn't use magic links */
export function requireMagicLinksEnabled(app: App): void {
  if (app.settings.methods.magic_link) return;
  fail(
    403,
    "method_disabled",
    "This app doesn't use magic links. An owner of the app can enable them in its settings.",
  );
}

/** Whether the link could sign its reader in: an existing user, or one who may sign up. */
async function isUsable(app: App, email: EmailAddress): Promise<boolean> {
  return (await isEmailTaken(app.id, email)) || isSignUpAllowed(app, email);
}

async function writeMagicLink(app: App, { email, ...payload }: MagicLinkRequest, by: Actor): Promise<void> {
  const issued = newOneTime(app.id, {
    purpose: "magic_link",
    payload,
    ttlSeconds: MAGIC_LINK_MINUTES * 60,
    email: email.canonical,
    withCode: true,
  });
  const token = await createLinkToken(app, "magic_link", issued);
  const link = `${env().PUBLIC_URL}/api/auth/verify/${app.id}?token=${token}`;
  const data = { link, code: issued.code, minutes: MAGIC_LINK_MINUTES };
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
  requireMagicLinksEnabled(app);
  const { email, redirectUri } = request;
  if (redirectUri !== undefined) await requireReturnUrl(app, redirectUri);
  const [usable, allowed] = await Promise.all([isUsable(app, email), mayEmail(app.id, email.canonical)]);
  if (usable && allowed) await writeMagicLink(app, request, by);
  return { status: "sent" };
}
