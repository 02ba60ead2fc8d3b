/** Whether what an access token stands on still stands: one round trip to PostgreSQL. */
import { prepared } from "../db";
import { FULL_USER_COLUMNS, type FullUser } from "../users/users";
import type { VerifiedAccessToken } from "./access-token";
import type { ClaimsRequest } from "./claims";
import { findClient } from "./clients/clients";

export interface LiveToken {
  /** null for a client that acts for itself. */
  user: FullUser | null;
  claims: ClaimsRequest | null;
}

interface UserRow extends FullUser {
  grant_claims: ClaimsRequest | null;
}

/** A token with a user: grant, user, consent and, without offline access, the session must all live. */
async function findUserOfGrant(token: VerifiedAccessToken, firstParty: boolean): Promise<UserRow | null> {
  const [row] = await prepared<UserRow>(
    "user-of-grant",
    `SELECT ${FULL_USER_COLUMNS}, g."claims" AS "grant_claims"
     FROM "Grant" g
     JOIN "User" u ON u."appId" = g."appId" AND u."id" = g."userId"
     LEFT JOIN "Session" s ON s."appId" = g."appId" AND s."id" = g."sessionId"
     WHERE g."appId" = $1 AND g."id" = $2 AND g."clientId" = $3 AND g."subject" = $4
       AND g."revokedAt" IS NULL AND g."expiresAt" > now() AND u."disabledAt" IS NULL
       AND (g."offline" OR (s."revokedAt" IS NULL AND s."expiresAt" > now() AND s."idleExpiresAt" > now()))
       AND ($6 OR EXISTS (SELECT 1 FROM "Consent" k WHERE k."appId" = $1 AND k."userId" = g."userId" AND k."clientId" = $3))
       AND NOT EXISTS (SELECT 1 FROM "RevokedToken" r WHERE r."appId" = $1 AND r."jti" = $5)`,
    [token.app.id, token.grantId, token.clientId, token.subject, token.jti, firstParty],
  );
  return row ?? null;
}

async function isRevoked(appId: string, jti: string): Promise<boolean> {
  const rows = await prepared("token-revoked", `SELECT 1 FROM "RevokedToken" WHERE "appId" = $1 AND "jti" = $2`, [
    appId,
    jti,
  ]);
  return rows.length > 0;
}

/** null when anything it stands on is gone: client, grant, user, consent, session, or itself revoked. */
export async function findLiveToken(token: VerifiedAccessToken): Promise<LiveToken | null> {
  const client = await findClient(token.app.id, token.clientId);
  if (!client) return null;
  if (!token.grantId) return (await isRevoked(token.app.id, token.jti)) ? null : { user: null, claims: null };
  const row = await findUserOfGrant(token, client.first_party);
  return row && { user: row, claims: row.grant_claims };
}
