/**
 * Reauthentication before a sensitive change: with the password or, for a user without one, by a
 * recent sign-in.
 */
import type { App } from "../apps/apps";
import { nowMs } from "../clock";
import { db } from "../database/client";
import { fail, failInput, failNotFound } from "../errors";
import { limitAttempts, PASSWORD_ATTEMPTS } from "../limits/attempts";
import { verifyPassword } from "../users/password-hashing";

/** A signed-in user who changes their own account. */
export interface CurrentUser {
  userId: string;
  sessionId: string;
}

const RECENT_SECONDS = 300;

const FIELDS = { id: true, email: true, emailCanonical: true, passwordHash: true } as const;

export function isRecentSignIn(authTime: Date): boolean {
  return nowMs() - authTime.getTime() <= RECENT_SECONDS * 1000;
}

/** false if the app doesn't use passwords, even if the user has one. */
export function usesPassword(app: App, user: { passwordHash: string | null }): boolean {
  return app.settings.methods.password && user.passwordHash !== null;
}

async function requireRecentSignIn(appId: string, { userId, sessionId }: CurrentUser): Promise<void> {
  const where = { appId_id: { appId, id: sessionId }, userId };
  const session = await db().session.findUnique({ where, select: { authTime: true } });
  if (session && isRecentSignIn(session.authTime)) return;
  fail(
    403,
    "reauthentication_required",
    `This requires a sign-in within the last ${RECENT_SECONDS / 60} minutes. Sign in again, then repeat the change.`,
  );
}

/**
 * @param field the name of the password in the errors
 * @throws 400 that names the field; 403 `reauthentication_required`; 429
 * @returns the user
 */
export async function reauthenticate(app: App, current: CurrentUser, password: string | undefined, field: string) {
  const where = { appId_id: { appId: app.id, id: current.userId } };
  const { passwordHash, ...user } = (await db().user.findUnique({ where, select: FIELDS })) ?? failNotFound("The user");
  if (!usesPassword(app, { passwordHash })) {
    await requireRecentSignIn(app.id, current);
    return user;
  }
  if (password === undefined) failInput({ [field]: "is missing" });
  const matches = await limitAttempts(app.id, PASSWORD_ATTEMPTS, user.id, async () => {
    const success = await verifyPassword(password, passwordHash);
    return { success, value: success };
  });
  return matches ? user : failInput({ [field]: "is not your current password" });
}
