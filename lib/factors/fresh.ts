/**
 * Changing factors requires a sign-in within ten minutes with the strongest factor there is, so that
 * a stolen session can't take the account over (RFC 9470 describes the answer).
 */

import type { App } from "../apps/apps";
import { nowMs } from "../clock";
import { db } from "../database/client";
import { AppError } from "../errors";
import { satisfies } from "../sessions/acr";
import { strongFactors } from "./policy";

const MAX_AGE_SECONDS = 600;

function isRecent(at: Date | null): boolean {
  return at !== null && nowMs() - at.getTime() <= MAX_AGE_SECONDS * 1000;
}

export interface CurrentSession {
  userId: string;
  sessionId: string;
}

/** What a session lacks for a change of factors: the `acr` to reach, or null. */
export async function missingForChange(app: App, current: CurrentSession): Promise<"1" | "2" | null> {
  const session = await db().session.findUnique({
    where: { appId_id: { appId: app.id, id: current.sessionId }, userId: current.userId },
    select: {
      acr: true,
      amr: true,
      authTime: true,
      factorAt: true,
      user: { select: { factors: true, email: true, emailVerifiedAt: true } },
    },
  });
  if (!session) return "1";
  const { acr, amr, authTime, factorAt, user } = session;
  if (strongFactors(app.settings, user, { method: "session", amr }).length === 0)
    return isRecent(authTime) ? null : "1";
  return satisfies(acr, "2") && isRecent(factorAt) ? null : "2";
}

/** @throws 403 `insufficient_user_authentication` with `acr_values` and `max_age` */
export async function requireStrongSession(app: App, current: CurrentSession): Promise<void> {
  const acr = await missingForChange(app, current);
  if (!acr) return;
  const description =
    acr === "2"
      ? "This requires a second factor or a passkey within the last ten minutes. Sign in again, then repeat the change."
      : "This requires a sign-in within the last ten minutes. Sign in again, then repeat the change.";
  throw new AppError(403, "insufficient_user_authentication", description, {
    members: { acr_values: acr, max_age: MAX_AGE_SECONDS },
  });
}
