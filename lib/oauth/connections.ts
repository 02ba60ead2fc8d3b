/**
 * Connections of a user for the account page: what an application can do on which device. An
 * application without active grants is one connection as well, as long as the user's consent stays.
 */
import type { Actor } from "../audit/events";
import { prepared } from "../database/client";
import { isActive } from "../refresh/active";
import { systemName } from "../text/user-agent";
import type { Client } from "./clients/client";
import { disconnectClient, revokeGrant } from "./revoke-grant";

interface Application {
  clientId: string;
  name: string;
  source: Client["source"];
  siteUrl: string | null;
  redirectUris: string[];
  logoUrl: string | null;
  /** Where the application starts a sign-in (OIDC Core §4). */
  initiateLoginUri: string | null;
}

export interface Connection extends Application {
  /** "macOS" or "photos-cli/1.2"; null without an active grant. */
  device: string | null;
  grantIds: string[];
  scopes: string[];
  since: Date;
  lastUsedAt: Date | null;
}

interface Row extends Application {
  grantId: string | null;
  userAgent: string | null;
  scopes: string[];
  since: Date;
  lastUsedAt: Date | null;
}

const MOST = 200;
const APPLICATION = `c."id" AS "clientId", c."name", c."source", c."siteUrl", c."redirectUris", c."logoUrl", c."initiateLoginUri"`;

/** $1 is the app, $2 the user. Without offline access, a grant needs its session. */
const GRANTS = `SELECT ${APPLICATION}, g."id" AS "grantId", g."userAgent", g."scopes", g."createdAt" AS "since", g."lastUsedAt"
  FROM "Grant" g JOIN "OAuthClient" c ON c."appId" = g."appId" AND c."id" = g."clientId"
  LEFT JOIN "Session" s ON s."appId" = g."appId" AND s."id" = g."sessionId"
  WHERE g."appId" = $1 AND g."userId" = $2 AND ${isActive("g")} AND (g."offline" OR (${isActive("s")}))`;

const CONSENTS = `SELECT ${APPLICATION}, NULL AS "grantId", NULL AS "userAgent", k."scopes", k."createdAt" AS "since", k."lastUsedAt"
  FROM "Consent" k JOIN "OAuthClient" c ON c."appId" = k."appId" AND c."id" = k."clientId"
  WHERE k."appId" = $1 AND k."userId" = $2`;

function deviceOf(userAgent: string | null): string {
  return systemName(userAgent) ?? "an unknown device";
}

function keyOf({ clientId, userAgent }: Row): string {
  return `${clientId} ${deviceOf(userAgent)}`;
}

function connectionOf(rows: Row[]): Connection {
  const [first] = rows as [Row];
  const used = rows.flatMap(({ lastUsedAt }) => lastUsedAt?.getTime() ?? []);
  return {
    clientId: first.clientId,
    name: first.name,
    source: first.source,
    siteUrl: first.siteUrl,
    redirectUris: first.redirectUris,
    logoUrl: first.logoUrl,
    initiateLoginUri: first.initiateLoginUri,
    device: first.grantId === null ? null : deviceOf(first.userAgent),
    grantIds: rows.flatMap(({ grantId }) => grantId ?? []),
    scopes: [...new Set(rows.flatMap(({ scopes }) => scopes))],
    since: new Date(Math.min(...rows.map(({ since }) => since.getTime()))),
    lastUsedAt: used.length > 0 ? new Date(Math.max(...used)) : null,
  };
}

/** The most recently used first. Several sign-ins of an application on one system are one connection. */
export async function listConnections(appId: string, userId: string): Promise<Connection[]> {
  const order = `ORDER BY "lastUsedAt" DESC NULLS LAST, "since" DESC LIMIT ${MOST}`;
  const [grants, consents] = await Promise.all([
    prepared<Row>("connection-grants", `${GRANTS} ${order}`, [appId, userId]),
    prepared<Row>("connection-consents", `${CONSENTS} ${order}`, [appId, userId]),
  ]);
  const used = new Set(grants.map(({ clientId }) => clientId));
  const groups = new Map<string, Row[]>();
  for (const row of [...grants, ...consents.filter(({ clientId }) => !used.has(clientId))])
    groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  const time = ({ lastUsedAt, since }: Connection) => (lastUsedAt ?? since).getTime();
  return [...groups.values()].map(connectionOf).sort((a, b) => time(b) - time(a));
}

/**
 * Ends the access of these grants. If the application has no other active grants, the user's
 * consent is deleted too.
 */
export async function endConnection(
  appId: string,
  { userId, clientId, grantIds }: { userId: string; clientId: string; grantIds: string[] },
  by: Actor,
): Promise<void> {
  const all = await prepared<Row>("connection-of-client", `${GRANTS} AND g."clientId" = $3`, [appId, userId, clientId]);
  const chosen = all.filter(({ grantId }) => grantId !== null && grantIds.includes(grantId));
  if (grantIds.length === 0 || chosen.length === all.length) {
    await disconnectClient(appId, userId, clientId, by);
    return;
  }
  for (const { grantId } of chosen) if (grantId) await revokeGrant(appId, grantId, "disconnected", by);
}
