/** Reads one user. */
import { inApp, rowByKey } from "../database/by-key";
import { db, prepared } from "../database/client";
import { failNotFound } from "../errors";
import { FULL_USER_COLUMNS, FULL_USER_FIELDS, type FullUser } from "./user-views";

/** @throws 404 */
export async function getUser(appId: string, userId: string): Promise<FullUser> {
  const where = { appId_id: { appId, id: userId } };
  return (await db().user.findUnique({ where, select: FULL_USER_FIELDS })) ?? failNotFound("The user");
}

/**
 * The user of a direct token, or null if the session is not active, the user is disabled or the
 * token was revoked. One round trip, since every page of an app's site may ask for it.
 */
export async function findSessionUser(facts: {
  app: { id: string };
  userId: string;
  sessionId: string;
  jti: string;
}): Promise<FullUser | null> {
  const [user] = await prepared<FullUser>(
    "user-of-session",
    `SELECT ${FULL_USER_COLUMNS} FROM "Session" s JOIN ${rowByKey("User", "u", `u."id" = s."userId"`)} ON true
     WHERE ${inApp("s")} AND s."id" = $2 AND s."userId" = $3
       AND s."revokedAt" IS NULL AND s."expiresAt" > now() AND u."disabledAt" IS NULL
       AND NOT EXISTS (SELECT 1 FROM "RevokedToken" r WHERE r."appId" = $1 AND r."jti" = $4)`,
    [facts.app.id, facts.sessionId, facts.userId, facts.jti],
  );
  return user ?? null;
}
