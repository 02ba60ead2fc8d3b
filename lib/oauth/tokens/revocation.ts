/** Token revocation (RFC 7009). Ignores unknown tokens and tokens of other clients. */
import { type Actor, eventRow } from "../../audit/events";
import { inApp } from "../../database/by-key";
import { prepared } from "../../database/client";
import { isGenuine, parseRefreshToken } from "../../refresh/token";
import type { AuthenticatedClient } from "../authenticate-client";
import type { Client } from "../clients/clients";
import { revokeGrant } from "../revoke-grant";
import { type VerifiedAccessToken, verifyAccessToken } from "./access-token";

function actorOf(client: Client): Actor {
  return { type: "client", id: client.id };
}

async function revokeRefreshToken({ app, client }: AuthenticatedClient, token: string): Promise<void> {
  const parsed = parseRefreshToken(token);
  if (!parsed || !isGenuine(parsed, { appId: app.id, clientId: client.id })) return;
  const [grant] = await prepared(
    "grant-of-token",
    `SELECT 1 FROM "Grant" g WHERE ${inApp("g")} AND g."id" = $2 AND g."clientId" IS NOT DISTINCT FROM $3 AND g."salt" = $4 AND g."revokedAt" IS NULL`,
    [app.id, parsed.familyId, client.id, parsed.salt],
  );
  // Revokes only this grant: consent and the grants of other devices stay valid.
  if (grant) await revokeGrant(app.id, parsed.familyId, "revoked_by_client", actorOf(client));
}

/** A token whose grant isn't this client's to revoke is recorded until its expiry. */
async function recordRevokedToken({ app, client }: AuthenticatedClient, token: VerifiedAccessToken): Promise<void> {
  const event = eventRow(app.id, { type: "token.revoked", actor: actorOf(client) });
  await prepared(
    "token-revoke",
    `WITH revoked AS (
       INSERT INTO "RevokedToken" ("appId", "jti", "expiresAt") VALUES ($1, $2, to_timestamp($3::float8)) ON CONFLICT DO NOTHING RETURNING 1
     )
     INSERT INTO "AuditEvent" ("appId", "id", "type", "actorType", "actorId", "clientId", "targetType", "targetId", "requestId", "ip", "userAgent")
     SELECT $1, $4, $5, 'client', $6, $6, 'token', $2, $7, $8, $9 FROM revoked`,
    [app.id, token.jti, token.expiresAt, event.id, event.type, client.id, event.requestId, event.ip, event.userAgent],
  );
}

/**
 * RFC 7009 §2.1: revokes the grant of a user's token, and so its refresh token. An expired token
 * still names the grant that the client wants to end. false if the token isn't an access token.
 */
async function revokeAccessToken(caller: AuthenticatedClient, token: string): Promise<boolean> {
  const { app, client } = caller;
  const verified = await verifyAccessToken(token, { expired: true });
  if (!verified) return false;
  if (verified.app.id !== app.id || verified.clientId !== client.id) return true;
  // An exchanged token belongs to another client's grant, which the user gave to that client.
  if (verified.grantId && verified.grantClientId === client.id)
    await revokeGrant(app.id, verified.grantId, "revoked_by_client", actorOf(client));
  else await recordRevokedToken(caller, verified);
  return true;
}

export async function revoke(caller: AuthenticatedClient, token: string): Promise<void> {
  if (!(await revokeAccessToken(caller, token))) await revokeRefreshToken(caller, token);
}
