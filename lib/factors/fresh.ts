/**
 * Changing factors requires a sign-in within ten minutes with the strongest factor there is, so that
 * a stolen session can't take the account over (RFC 9470 describes the answer).
 */

import type { App } from "../apps/apps";
import { nowMs } from "../clock";
import { inApp, rowByKey } from "../database/by-key";
import { prepared } from "../database/client";
import { AppError } from "../errors";
import { satisfies } from "../sessions/acr";
import { type FactorFacts, strongFactors } from "./policy";

const MAX_AGE_SECONDS = 600;

function isRecent(at: Date | null): boolean {
  return at !== null && nowMs() - at.getTime() <= MAX_AGE_SECONDS * 1000;
}

export interface CurrentSession {
  userId: string;
  sessionId: string;
}

interface SessionRow extends FactorFacts {
  acr: string | null;
  amr: string[];
  authTime: Date;
  factorAt: Date | null;
}

/** One statement: of two, one could read before a change and the other after it. */
const SESSION = `
  SELECT s."acr", s."amr", s."authTime", s."factorAt", u."factors", u."email", u."emailVerifiedAt"
  FROM "Session" s JOIN ${rowByKey("User", "u", `u."id" = s."userId"`)} ON true
  WHERE ${inApp("s")} AND s."id" = $2 AND s."userId" = $3`;

/** What a session lacks for a change of factors: the `acr` to reach, or null. */
export async function missingForChange(app: App, { userId, sessionId }: CurrentSession): Promise<"1" | "2" | null> {
  const [session] = await prepared<SessionRow>("session-strength", SESSION, [app.id, sessionId, userId]);
  if (!session) return "1";
  const { acr, amr, authTime, factorAt, ...user } = session;
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
