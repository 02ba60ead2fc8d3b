/** Token revocation (RFC 7009). Ignores unknown tokens and tokens of other clients. */
import { eventRow } from "../../audit/events";
import { prepared } from "../../database/client";
import { isGenuine, parseRefreshToken } from "../../refresh/token";
import type { AuthenticatedClient } from "../authenticate-client";
import { revokeGrant } from "../revoke-grant";
import { verifyAccessToken } from "./access-token";

async function revokeRefreshToken({ app, client }: AuthenticatedClient, token: string): Promise<void> {
  const parsed = parseRefreshToken(token);
  if (!parsed || !isGenuine(parsed, { appId: app.id, clientId: client.id })) return;
  const [grant] = await prepared(
    "grant-of-token",
    `SELECT 1 FROM "Grant" WHERE "appId" = $1 AND "id" = $2 AND "clientId" IS NOT DISTINCT FROM $3 AND "salt" = $4 AND "revokedAt" IS NULL`,
    [app.id, parsed.familyId, client.id, parsed.salt],
  );
  // Revokes only this grant: consent and the grants of other devices stay valid.
  if (grant) await revokeGrant(app.id, parsed.familyId, "revoked_by_client", { type: "client", id: client.id });
}

/** Records the revoked token until its expiry. false if the token isn't an access token. */
async function revokeAccessToken({ app, client }: AuthenticatedClient, token: string): Promise<boolean> {
  const verified = await verifyAccessToken(token);
  if (!verified) return false;
  if (verified.app.id !== app.id || verified.clientId !== client.id) return true;
  const event = eventRow(app.id, { type: "token.revoked", actor: { type: "client", id: client.id } });
  await prepared(
    "token-revoke",
    `WITH revoked AS (
       INSERT INTO "RevokedToken" ("appId", "jti", "expiresAt") VALUES ($1, $2, to_timestamp($3::float8)) ON CONFLICT DO NOTHING RETURNING 1
     )
     INSERT INTO "AuditEvent" ("appId", "id", "type", "actorType", "actorId", "userId", "clientId", "sessionId", "targetType", "targetId",
       "requestId", "ip", "userAgent")
     SELECT $1, $4, $5, 'client', $6, $7, $6, $8, 'token', $2, $9, $10, $11 FROM revoked`,
    [
      app.id,
      verified.jti,
      verified.expiresAt,
      event.id,
      event.type,
      client.id,
      verified.grantId && verified.subject,
      verified.sessionId,
      event.requestId,
      event.ip,
      event.userAgent,
    ],
  );
  return true;
}

export async function revoke(caller: AuthenticatedClient, token: string): Promise<void> {
  if (!(await revokeAccessToken(caller, token))) await revokeRefreshToken(caller, token);
}
