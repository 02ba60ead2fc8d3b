/** User consent: the scopes that a user allowed a client, one row per user and client. */
import { type Actor, eventRow, recordEvent } from "../audit/events";
import { now } from "../clock";
import { sha256 } from "../crypto/hash";
import { rowByKey } from "../database/by-key";
import { db, prepared, type Tx, transaction } from "../database/client";
import { type ListQuery, type Page, toPage } from "../database/pagination";
import { findHostedSessionWith, HOSTED_SESSION, type HostedSession } from "../sessions/cookie";
import { consumeInteraction, type Interaction } from "./authorize/interaction";

export interface Consent {
  scopes: string[];
  /** Optional scopes that the user declined. Foyer doesn't ask for them again. */
  declinedScopes: string[];
}

/** Names the scopes that a consent page shows, so that the answer counts for no others. */
export function hashOfShown(scopes: string[]): string {
  return sha256(scopes.join(" ")).toString("base64url");
}

/** The user's consent for the client, or null if there is none. */
export async function findConsent(appId: string, userId: string, clientId: string): Promise<Consent | null> {
  const where = { appId_userId_clientId: { appId, userId, clientId } };
  return db().consent.findUnique({ where, select: { scopes: true, declinedScopes: true } });
}

// IS NOT DISTINCT FROM keeps PostgreSQL from using the index on the client's consents.
const CONSENT_KEY = `consent."userId" = session."userId" AND consent."clientId" IS NOT DISTINCT FROM $4`;
const SESSION_AND_CONSENT = `SELECT session.*, consent."scopes" AS "allowed", consent."declinedScopes" AS "declined"
  FROM (${HOSTED_SESSION}) AS session
  LEFT JOIN ${rowByKey("Consent", "consent", CONSENT_KEY)} ON true`;

/** The session of this browser and its user's consent for the client, in one round trip. */
export async function findSessionAndConsent(
  appId: string,
  clientId: string,
  cookie: string | undefined,
): Promise<{ session: HostedSession | null; consent: Consent | null }> {
  const found = await findHostedSessionWith<{ allowed: string[] | null; declined: string[] | null }>(appId, cookie, {
    name: "session-and-consent",
    text: SESSION_AND_CONSENT,
    values: [clientId],
  });
  if (!found) return { session: null, consent: null };
  const { allowed, declined, ...session } = found;
  return { session, consent: allowed && { scopes: allowed, declinedScopes: declined ?? [] } };
}

interface ConsentAnswer {
  appId: string;
  userId: string;
  clientId: string;
  scopes: string[];
  declined: string[];
}

/** The statements that add the allowed scopes and remove the declined ones. Existing grants keep their scopes. */
export function consentStatements(answer: ConsentAnswer, on: Tx = db()) {
  const { appId, userId, clientId, scopes, declined } = answer;
  const by: Actor = { type: "user", id: userId };
  const event = eventRow(appId, {
    type: "consent.given",
    actor: by,
    userId,
    clientId,
    explanation: { scopes, declined },
  });
  return [
    on.$executeRaw`
      INSERT INTO "Consent" ("appId", "userId", "clientId", "scopes", "declinedScopes", "createdAt", "updatedAt")
      VALUES (${appId}, ${userId}, ${clientId}, ${scopes}, ${declined}, ${now()}, ${now()})
      ON CONFLICT ("appId", "userId", "clientId") DO UPDATE SET
        "scopes" = ARRAY(SELECT unnest("Consent"."scopes" || EXCLUDED."scopes") EXCEPT SELECT unnest(EXCLUDED."declinedScopes")),
        "declinedScopes" = ARRAY(SELECT unnest("Consent"."declinedScopes" || EXCLUDED."declinedScopes") EXCEPT SELECT unnest(EXCLUDED."scopes")),
        "updatedAt" = EXCLUDED."updatedAt"`,
    on.auditEvent.create({ data: event, select: { id: true } }),
  ] as const;
}

export async function saveConsent(answer: ConsentAnswer): Promise<void> {
  await db().$transaction([...consentStatements(answer)]);
}

/** Records the user's denial and consumes the interaction. Keeps earlier consent. @throws 400 */
export async function denyConsent(interaction: Interaction, userId: string, clientId: string): Promise<void> {
  await transaction(async (tx) => {
    await consumeInteraction(interaction, tx);
    const actor: Actor = { type: "user", id: userId };
    await recordEvent(tx, interaction.appId, { type: "consent.denied", actor, userId, clientId });
  });
}

export interface ConnectedApp {
  clientId: string;
  name: string;
  siteUrl: string | null;
  logoUrl: string | null;
  scopes: string[];
  since: Date;
  lastUsedAt: Date | null;
}

const CONNECTED = `
  SELECT k."clientId", c."name", c."siteUrl", c."logoUrl", k."scopes", k."createdAt" AS "since",
    greatest(k."lastUsedAt", (SELECT max(g."lastUsedAt") FROM "Grant" g
      WHERE g."appId" = k."appId" AND g."userId" = k."userId" AND g."clientId" = k."clientId")) AS "lastUsedAt"
  FROM "Consent" k JOIN "OAuthClient" c ON c."appId" = k."appId" AND c."id" = k."clientId"
  WHERE k."appId" = $1 AND k."userId" = $2`;

/** The applications that a user connected, most recently used first. */
export async function listConnectedApps(appId: string, userId: string): Promise<ConnectedApp[]> {
  const order = `ORDER BY "lastUsedAt" DESC NULLS LAST, "since" DESC LIMIT 200`;
  return prepared<ConnectedApp>("connected-apps", `${CONNECTED} ${order}`, [appId, userId]);
}

/** A connected application in API responses. */
export function serializeConnectedApp(connected: ConnectedApp) {
  return {
    client_id: connected.clientId,
    client_name: connected.name,
    client_uri: connected.siteUrl,
    logo_uri: connected.logoUrl,
    scopes: connected.scopes,
    connected_at: connected.since.toISOString(),
    last_used_at: connected.lastUsedAt?.toISOString() ?? null,
  };
}

/** One page of connected applications, newest client first. */
export async function listConnectedAppPage(
  appId: string,
  userId: string,
  { cursor, limit }: ListQuery,
): Promise<Page<ReturnType<typeof serializeConnectedApp>>> {
  const rows = await prepared<ConnectedApp>(
    "connected-apps-page",
    `${CONNECTED} AND ($3::text IS NULL OR k."clientId" < $3) ORDER BY k."clientId" DESC LIMIT $4`,
    [appId, userId, cursor ?? null, limit + 1],
  );
  return toPage(rows, limit, serializeConnectedApp, (row) => row.clientId);
}
