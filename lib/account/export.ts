/**
 * The data export of a user (GDPR articles 15 and 20): everything that the app stores about the
 * user, without secrets and other users' IDs.
 */
import type { App } from "../apps/apps";
import { recordEvent } from "../audit/events";
import { now } from "../clock";
import { type AuditEvent, db } from "../database/client";
import { factorView, listFactors } from "../factors/factor";
import { countRecoveryCodes } from "../factors/recovery-codes";
import { listRememberedDevices } from "../factors/remembered-devices";
import { listConnectedApps, serializeConnectedApp } from "../oauth/consent";
import { serializeSession } from "../sessions/list";
import { getUser } from "../users/get-user";
import { ownUserView } from "../users/user-views";

/** Bounds the size of the export. */
const MAX_EVENTS = 5000;
const MAX_ROWS = 1000;

function iso<At extends Date | null>(at: At): At extends Date ? string : string | null {
  return (at?.toISOString() ?? null) as At extends Date ? string : string | null;
}

async function exportIdentities(appId: string, userId: string) {
  const rows = await db().identity.findMany({
    where: { appId, userId },
    orderBy: { createdAt: "asc" },
    take: MAX_ROWS,
  });
  return rows.map(({ connection, issuer, subject, email, profile, createdAt, lastUsedAt }) => ({
    connection,
    issuer,
    subject,
    email,
    profile,
    created_at: iso(createdAt),
    last_used_at: iso(lastUsedAt),
  }));
}

/** Without the secrets of authenticator apps and the codes. */
async function exportFactors(app: App, userId: string) {
  const [factors, codesLeft, browsers] = await Promise.all([
    listFactors(app.id, userId),
    countRecoveryCodes(app.id, userId),
    listRememberedDevices(app, userId),
  ]);
  return {
    factors: factors.map(factorView),
    recovery_codes_left: codesLeft,
    remembered_browsers: browsers.map(({ ip, userAgent, createdAt, lastUsedAt, expiresAt }) => ({
      ip,
      user_agent: userAgent,
      created_at: iso(createdAt),
      last_used_at: iso(lastUsedAt),
      expires_at: iso(expiresAt),
    })),
  };
}

async function exportSessions(appId: string, userId: string) {
  const rows = await db().session.findMany({ where: { appId, userId }, orderBy: { id: "desc" }, take: MAX_ROWS });
  return rows.map((row) => ({ ...serializeSession(row), ended_at: iso(row.revokedAt), ended_why: row.revokedReason }));
}

async function exportGrants(appId: string, userId: string) {
  const rows = await db().grant.findMany({ where: { appId, userId }, orderBy: { id: "desc" }, take: MAX_ROWS });
  return rows.map((row) => ({
    client_id: row.clientId,
    scopes: row.scopes,
    offline_access: row.offline,
    created_at: iso(row.createdAt),
    last_used_at: iso(row.lastUsedAt),
    expires_at: iso(row.expiresAt),
    ended_at: iso(row.revokedAt),
  }));
}

/** The actor is only a kind: the IDs of other people are not this user's data. */
function eventView({ type, outcome, actorType, clientId, reason, count, ip, userAgent, createdAt }: AuditEvent) {
  const by = { actor: actorType, client_id: clientId, ip, user_agent: userAgent };
  return { type, outcome, reason, count, ...by, created_at: iso(createdAt) };
}

async function exportEvents(appId: string, userId: string) {
  const rows = await db().auditEvent.findMany({
    where: { appId, userId },
    orderBy: { id: "desc" },
    take: MAX_EVENTS + 1,
  });
  return { events: rows.slice(0, MAX_EVENTS).map(eventView), events_truncated: rows.length > MAX_EVENTS };
}

export async function exportAccount(app: App, userId: string) {
  const [user, identities, factors, sessions, consents, grants, history] = await Promise.all([
    getUser(app.id, userId),
    exportIdentities(app.id, userId),
    exportFactors(app, userId),
    exportSessions(app.id, userId),
    listConnectedApps(app.id, userId),
    exportGrants(app.id, userId),
    exportEvents(app.id, userId),
  ]);
  await recordEvent(db(), app.id, { type: "user.exported", actor: { type: "user", id: userId }, userId });
  return {
    exported_at: iso(now()),
    app: { id: app.id, name: app.name },
    profile: { ...ownUserView(user), last_sign_in_at: iso(user.lastSignInAt) },
    identities,
    ...factors,
    sessions,
    consents: consents.map(serializeConnectedApp),
    grants,
    ...history,
  };
}
