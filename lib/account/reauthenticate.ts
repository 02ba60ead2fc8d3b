/** What cannot be taken back is done only by somebody who proves once more who they are: an open laptop proves nothing. */
import type { App } from "../apps/apps";
import { nowMs } from "../clock";
import { db } from "../database/client";
import { fail, failInput, failNotFound } from "../errors";
import { limitAttempts, PASSWORD_ATTEMPTS } from "../limits/attempts";
import { verifyPassword } from "../users/password-hashing";

/** A user acting on themselves. */
export interface CurrentUser {
  userId: string;
  /** The session that asks. */
  sessionId: string;
}

/** Who has no password signs in again; so long that counts. */
export const RECENT_SECONDS = 300;

const FIELDS = { id: true, email: true, emailCanonical: true, passwordHash: true } as const;

/** Whether a session is from just now. */
export function isRecentSignIn(authTime: Date): boolean {
  return nowMs() - authTime.getTime() <= RECENT_SECONDS * 1000;
}

/** A password that the App does not use is none. */
export function usesPassword(app: App, user: { passwordHash: string | null }): boolean {
  return app.settings.methods.password && user.passwordHash !== null;
}

async function requireFresh(appId: string, { userId, sessionId }: CurrentUser): Promise<void> {
  const where = { appId_id: { appId, id: sessionId }, userId };
  const session = await db().session.findUnique({ where, select: { authTime: true } });
  if (!session || !isRecentSignIn(session.authTime))
    fail(
      403,
      "reauthentication_required",
      `This takes a sign-in that is not older than ${RECENT_SECONDS / 60} minutes. Sign in again, then repeat it.`,
    );
}

/**
 * The user, who has given the password, or, without one, has signed in just now. `field` is what the password is called in the errors.
 * @throws 400 that names the field; 403 `reauthentication_required`; 429 after too many
 */
export async function reauthenticate(app: App, self: CurrentUser, password: string | undefined, field: string) {
  const where = { appId_id: { appId: app.id, id: self.userId } };
  const { passwordHash, ...user } = (await db().user.findUnique({ where, select: FIELDS })) ?? failNotFound("The user");
  if (!usesPassword(app, { passwordHash })) {
    await requireFresh(app.id, self);
    return user;
  }
  if (password === undefined) failInput({ [field]: "is missing" });
  const proved = await limitAttempts(app.id, PASSWORD_ATTEMPTS, user.id, async () => {
    const success = await verifyPassword(password, passwordHash);
    return { success, value: success };
  });
  return proved ? user : failInput({ [field]: "is not your present password" });
}
