/** Password reset with an emailed link. */
import type { App } from "../apps/apps";
import { recordEvent } from "../audit/events";
import { transaction } from "../database/client";
import { limitLinkRedemption } from "../limits/link-redemption";
import { wakeOutbox } from "../mail/outbox";
import { consumeLink, peekLink } from "../one-time/emailed-links";
import { revokeAllSessions } from "../sessions/revoke";
import { claimAccount } from "../signin/claim-account";
import { newPasswordColumns, requirePasswordsEnabled } from "../users/new-password";
import { deletePendingLinks } from "../users/pending-links";
import { getEmailOwner } from "./link-user";
import { passwordChangedEmails } from "./notification-emails";

/** For the page that asks for the new password. @throws 400; 403 */
export async function peekPasswordReset(app: App, token: string): Promise<{ email: string }> {
  requirePasswordsEnabled(app);
  return getEmailOwner(app.id, await peekLink(app, "reset_password", token));
}

/**
 * Sets the password, verifies the email address, and revokes all sessions, grants and other links
 * of the user. Consents stay if the address was verified before. Otherwise the account is claimed,
 * since another person may have created it.
 * @throws 400 for the link, or that names the field; 403; 429
 * @returns the authorization request to continue, if there is one
 */
export async function resetPassword(
  app: App,
  token: string,
  password: string,
): Promise<{ email: string; interactionId?: string }> {
  await limitLinkRedemption();
  requirePasswordsEnabled(app);
  // Checked first, so that no password is hashed for an invalid link.
  const { email: address } = await getEmailOwner(app.id, await peekLink(app, "reset_password", token));
  const columns = await newPasswordColumns(app, { password, email: address });
  const done = await transaction(async (tx) => {
    const link = await consumeLink(tx, app, "reset_password", token);
    const user = await getEmailOwner(app.id, link, tx);
    const { id: userId, email } = user;
    const by = { type: "user", id: userId } as const;
    if (!user.emailVerifiedAt) await claimAccount(tx, app.id, userId, by);
    await revokeAllSessions(tx, app.id, userId, "password_changed");
    await deletePendingLinks(tx, app.id, user);
    await tx.user.update({ where: { appId_id: { appId: app.id, id: userId } }, data: columns, select: { id: true } });
    await tx.mail.createMany({ data: passwordChangedEmails(app, user) });
    await recordEvent(tx, app.id, { type: "user.password_reset", actor: by, userId });
    return { email, interactionId: link.payload.interactionId };
  });
  wakeOutbox();
  return done;
}
