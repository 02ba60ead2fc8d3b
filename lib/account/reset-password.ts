/** A new password by a mailed link. Whoever opens it has the address, and everybody else is out. */
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

/** What the page says before it asks. */
export async function peekPasswordReset(app: App, token: string): Promise<{ email: string }> {
  requirePasswordsEnabled(app);
  return getEmailOwner(app.id, await peekLink(app, "reset_password", token));
}

/**
 * Sets the password, verifies the address, ends every session, grant and other link of the user. Consents stay, unless nobody had proved the
 * address before: then whatever is there may be a stranger's, and goes. → the authorization request that waits for it, if any
 */
export async function resetPassword(
  app: App,
  token: string,
  password: string,
): Promise<{ email: string; interactionId?: string }> {
  await limitLinkRedemption();
  requirePasswordsEnabled(app);
  // Looked at first, so that no hash is made for a link that is worth nothing.
  await getEmailOwner(app.id, await peekLink(app, "reset_password", token));
  const columns = await newPasswordColumns(app, password, "password");
  const done = await transaction(async (tx) => {
    const link = await consumeLink(tx, app, "reset_password", token);
    const owner = await getEmailOwner(app.id, link, tx);
    const { id: userId, email } = owner;
    const by = { type: "user", id: userId } as const;
    if (!owner.emailVerifiedAt) await claimAccount(tx, app.id, userId, by);
    await revokeAllSessions(tx, app.id, userId, "password_changed");
    await tx.authorizationCode.deleteMany({ where: { appId: app.id, userId, consumedAt: null } });
    await deletePendingLinks(tx, app.id, owner);
    await tx.user.update({ where: { appId_id: { appId: app.id, id: userId } }, data: columns, select: { id: true } });
    await tx.mail.createMany({ data: passwordChangedEmails(app, owner) });
    await recordEvent(tx, app.id, { type: "user.password_reset", actor: by, userId });
    return { email, interactionId: link.payload.interactionId };
  });
  wakeOutbox();
  return done;
}
