/** Revocation check of access tokens: client, grant, user, consent and session. */
import { hasRow, inApp, rowByKey, valueByKey } from "../../database/by-key";
import { prepared } from "../../database/client";
import { isActive } from "../../refresh/active";
import { OIDC_USER_COLUMNS, type OidcUser } from "../../users/user-views";
import type { ClaimsRequest } from "../claims";
import { type Client, findClient } from "../clients/clients";
import type { VerifiedAccessToken } from "./access-token";

export interface ActiveToken {
  /** null for the client credentials grant. */
  user: OidcUser | null;
  claims: ClaimsRequest | null;
}

/** Without offline access, the session must be active too. First-party clients need no consent. */
async function findGrant<Row extends object>(
  name: string,
  columns: string,
  token: VerifiedAccessToken,
  client: Client,
): Promise<Row | null> {
  const [row] = await prepared<Row>(
    name,
    `SELECT ${columns}
     FROM "Grant" g
     JOIN ${rowByKey("User", "u", `u."id" = g."userId"`)} ON true
     WHERE ${inApp("g")} AND g."id" = $2 AND g."clientId" IS NOT DISTINCT FROM $3 AND g."subject" IS NOT DISTINCT FROM $4
       AND g."revokedAt" IS NULL AND g."expiresAt" > now() AND u."disabledAt" IS NULL
       AND (g."offline" OR ${valueByKey(isActive("s"), "Session", "s", `s."id" = g."sessionId"`)})
       AND ($6 OR ${hasRow("Consent", "k", `k."userId" = g."userId" AND k."clientId" IS NOT DISTINCT FROM $3`)})
       AND NOT EXISTS (SELECT 1 FROM "RevokedToken" r WHERE r."appId" = $1 AND r."jti" = $5)`,
    [token.app.id, token.grantId, token.grantClientId, token.subject, token.jti, client.first_party],
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

/** The client of the token's grant. null if it, or the token's own client, was deleted. */
async function findGrantClient({ app, clientId, grantClientId }: VerifiedAccessToken): Promise<Client | null> {
  const client = await findClient(app.id, clientId);
  return client && clientId !== grantClientId ? findClient(app.id, grantClientId) : client;
}

/** null if the token, its client, grant, user, consent or session is no longer active. */
export async function findActiveToken(token: VerifiedAccessToken): Promise<ActiveToken | null> {
  const client = await findGrantClient(token);
  if (!client) return null;
  if (!token.grantId) return (await isRevoked(token.app.id, token.jti)) ? null : { user: null, claims: null };
  type Row = OidcUser & { grant_claims: ClaimsRequest | null };
  const row = await findGrant<Row>("active-token", `${OIDC_USER_COLUMNS}, g."claims" AS "grant_claims"`, token, client);
  // The claims were requested for the client of the grant, not for one that exchanged the token.
  return row && { user: row, claims: token.claims.act ? null : row.grant_claims };
}

/** Like `findActiveToken`, but reads only the email: reading all user columns doubles the cost. */
export async function findActiveTokenEmail(token: VerifiedAccessToken): Promise<{ email: string | null } | null> {
  const client = await findGrantClient(token);
  if (!client) return null;
  if (!token.grantId) return (await isRevoked(token.app.id, token.jti)) ? null : { email: null };
  return findGrant<{ email: string | null }>("active-token-email", `u."email"`, token, client);
}
