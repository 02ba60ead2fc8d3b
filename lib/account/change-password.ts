/** A signed-in user changes the password, or sets the first one. */
import type { App } from "../apps/apps";
import { recordEvent } from "../audit/events";
import { transaction } from "../database/client";
import { wakeOutbox } from "../mail/outbox";
import { revokeOtherSessions } from "../sessions/revoke";
import { newPasswordColumns, requirePasswordsEnabled } from "../users/new-password";
import { deletePendingLinks } from "../users/pending-links";
import { passwordChangedEmails } from "./notification-emails";
import { type CurrentUser, reauthenticate } from "./reauthenticate";

export interface PasswordChange extends CurrentUser {
  /** Absent if the user has no password yet. */
  currentPassword?: string;
  newPassword: string;
}

/**
 * The current session stays active; all others are revoked. @throws 400 that names the field; 403;
 * 429
 */
export async function changePassword(app: App, change: PasswordChange): Promise<void> {
  requirePasswordsEnabled(app);
  const { userId, sessionId, currentPassword } = change;
  const user = await reauthenticate(app, change, currentPassword, "current_password");
  const columns = await newPasswordColumns(app, {
    password: change.newPassword,
    email: user.email,
    field: "new_password",
  });
  const emails = passwordChangedEmails(app, user);
  await transaction(async (tx) => {
    await tx.user.update({ where: { appId_id: { appId: app.id, id: userId } }, data: columns, select: { id: true } });
    await revokeOtherSessions(tx, app.id, { userId, keptSessionId: sessionId, reason: "password_changed" });
    await deletePendingLinks(tx, app.id, user);
    await tx.mail.createMany({ data: emails });
    await recordEvent(tx, app.id, {
      type: "user.password_changed",
      actor: { type: "user", id: userId },
      userId,
      sessionId,
    });
  });
  wakeOutbox();
}
