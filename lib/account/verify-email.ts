/**
 * Email verification with an emailed link: "yes, this is me". The other answer is disown-email.ts.
 */
import type { App } from "../apps/apps";
import { recordEvent } from "../audit/events";
import { now } from "../clock";
import { transaction } from "../database/client";
import { limitLinkRedemption } from "../limits/link-redemption";
import { consumeLink, peekLink } from "../one-time/emailed-links";
import { deleteOneTimes } from "../one-time/one-time";
import { getEmailOwner } from "./link-user";

/** For the page that asks the user. @throws 400; 403 */
export async function peekVerification(app: App, token: string): Promise<{ email: string; accountCreatedAt: Date }> {
  const { email, createdAt } = await getEmailOwner(app.id, await peekLink(app, "verify_email", token));
  return { email, accountCreatedAt: createdAt };
}

/** @throws 400; 403; 429. → the authorization request to continue, if there is one */
export async function verifyEmail(app: App, token: string): Promise<{ email: string; interactionId?: string }> {
  await limitLinkRedemption();
  return transaction(async (tx) => {
    const link = await consumeLink(tx, app, "verify_email", token);
    const { id, email } = await getEmailOwner(app.id, link, tx);
    await tx.user.updateMany({
      where: { appId: app.id, id, emailVerifiedAt: null },
      data: { emailVerifiedAt: now(), updatedAt: now() },
    });
    // The link of another verification email must not be able to disown a verified account.
    await deleteOneTimes(tx, app.id, { userId: id, purposes: ["verify_email"] });
    await recordEvent(tx, app.id, { type: "user.email_verified", actor: { type: "user", id }, userId: id });
    return { email, interactionId: link.payload.interactionId };
  });
}
