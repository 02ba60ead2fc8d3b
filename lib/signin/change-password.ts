/** A user changes their own password, and proves once more who they are. */

import type { App } from "../apps/apps";
import { attempt, LOGIN_ATTEMPTS } from "../attempts";
import { recordEvent } from "../audit/events";
import { now } from "../clock";
import { db, transaction } from "../db";
import { failInput, failNotFound } from "../errors";
import { endOtherSessions } from "../sessions/end";
import { hashPassword, verifyPassword } from "../users/hashing";
import { passwordProblem } from "../users/password-policy";

export interface PasswordChange {
  userId: string;
  /** The session that asks; it stays, all others end. */
  sessionId: string;
  currentPassword: string;
  newPassword: string;
}

export async function changePassword(app: App, change: PasswordChange): Promise<void> {
  const { userId, sessionId, currentPassword, newPassword } = change;
  const where = { appId_id: { appId: app.id, id: userId } };
  const user = (await db().user.findUnique({ where, select: { passwordHash: true } })) ?? failNotFound("The user");
  const proved = await attempt(app.id, LOGIN_ATTEMPTS, userId, async () => {
    const success = await verifyPassword(currentPassword, user.passwordHash);
    return { success, value: success };
  });
  if (!proved) failInput({ current_password: "is not your present password" });
  const problem = passwordProblem(newPassword, app.settings.password_minimum_bytes);
  if (problem) failInput({ new_password: problem });
  const passwordHash = await hashPassword(newPassword);
  await transaction(async (tx) => {
    await tx.user.update({ where, data: { passwordHash, passwordChangedAt: now() }, select: { id: true } });
    await endOtherSessions(tx, app.id, userId, sessionId, "password_changed");
    await recordEvent(tx, app.id, {
      type: "user.password_changed",
      actor: { type: "user", id: userId },
      userId,
      sessionId,
    });
  });
}
