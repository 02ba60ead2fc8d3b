/**
 * RFC 6749 §6. Confidential clients reuse their refresh token, public ones rotate it (RFC 9700 §2.2.2, §4.14.2). Order: client → MAC →
 * revoked or expired → scope → advance → issue.
 */
import { recordRejection } from "../../audit/events";
import { prepared } from "../../db";
import { advanceFamily, GRANT_FAMILY, touchFamily } from "../../sessions/family";
import { isGenuine, type ParsedRefreshToken, parseRefreshToken } from "../../sessions/refresh-token";
import { PERSON_COLUMNS, type Person } from "../../users/users";
import type { ClaimsRequest } from "../claims";
import type { Client } from "../clients/clients";
import { oauthFail } from "../errors";
import { endGrant } from "../grant-end";
import { required } from "../parameters";
import { parseScope } from "../scopes";
import { type Grant, type GrantRequest, grantLifetimes, issueUserTokens } from "./grant";

const SECTION = "RFC 6749 §6";

/** The use of a token that is not rotated is noted, and puts off its idle expiry, at most so often: otherwise it writes nothing. */
const NOTED_EVERY_SECONDS = 60;

interface FamilyRow extends Person {
  grant_id: string;
  grant_client: string;
  grant_salt: Buffer;
  grant_counter: number;
  grant_session: string | null;
  grant_subject: string;
  grant_scopes: string[];
  grant_claims: ClaimsRequest | null;
  grant_auth_time: Date;
  grant_acr: string | null;
  grant_amr: string[];
  grant_live: boolean;
  /** Its last use was noted long enough ago to be noted again, or its idle expiry is nearer than that makes it. */
  grant_stale: boolean;
  session_live: boolean;
  consented: boolean;
}

/** A grant with its user, and whether all that it stands on still stands. */
async function findFamily({ app, client }: GrantRequest, grantId: string): Promise<FamilyRow | null> {
  const { idleSeconds } = grantLifetimes(app, client);
  const unnotedSeconds = Math.min(NOTED_EVERY_SECONDS, idleSeconds / 10);
  const [row] = await prepared<FamilyRow>(
    "grant-family",
    `SELECT ${PERSON_COLUMNS},
       g."id" AS "grant_id", g."clientId" AS "grant_client", g."salt" AS "grant_salt", g."counter" AS "grant_counter",
       g."sessionId" AS "grant_session", g."subject" AS "grant_subject", g."scopes" AS "grant_scopes", g."claims" AS "grant_claims",
       g."authTime" AS "grant_auth_time", g."acr" AS "grant_acr", g."amr" AS "grant_amr",
       g."revokedAt" IS NULL AND g."expiresAt" > now() AND g."idleExpiresAt" > now() AND u."disabledAt" IS NULL AS "grant_live",
       g."offline" OR coalesce(s."revokedAt" IS NULL AND s."expiresAt" > now() AND s."idleExpiresAt" > now(), false) AS "session_live",
       coalesce(g."lastUsedAt" < now() - make_interval(secs => $4), true)
         OR g."idleExpiresAt" < LEAST(g."expiresAt", now() + make_interval(secs => $3)) AS "grant_stale",
       k."userId" IS NOT NULL AS "consented"
     FROM "Grant" g
     JOIN "User" u ON u."appId" = g."appId" AND u."id" = g."userId"
     LEFT JOIN "Session" s ON s."appId" = g."appId" AND s."id" = g."sessionId"
     LEFT JOIN "Consent" k ON k."appId" = g."appId" AND k."userId" = g."userId" AND k."clientId" = g."clientId"
     WHERE g."appId" = $1 AND g."id" = $2`,
    [app.id, grantId, idleSeconds - unnotedSeconds, unnotedSeconds],
  );
  return row ?? null;
}

function failToken(): never {
  oauthFail("invalid_grant", "The refresh token is unknown, used up, expired or revoked. Start a new authorization", {
    section: SECTION,
  });
}

/** RFC 6749 §6: nothing that was not originally granted; nor what the client may not ask for any more. */
function requestedScopes(row: FamilyRow, client: Client, asked: string | undefined): string[] {
  const granted = row.grant_scopes.filter((name) => client.scopes.includes(name));
  const names = asked === undefined ? granted : (parseScope(asked) ?? []);
  if (names.length === 0 || !names.every((name) => granted.includes(name))) {
    oauthFail("invalid_scope", "The scope must be a part of what was granted", {
      section: SECTION,
      facts: { sent: asked === undefined ? null : names, granted },
    });
  }
  return names;
}

function rotates(client: Client): boolean {
  return client.public || client.refresh === "rotate";
}

/** A token used up long ago has two owners, and one of them is a thief: the family ends. */
async function endStolen({ app, client }: GrantRequest, row: FamilyRow): Promise<void> {
  if (!(await endGrant(app.id, row.grant_id, "refresh_reused", { type: "client", id: client.id }))) return;
  await recordRejection(app.id, {
    type: "grant.refresh_reused",
    outcome: "failure",
    actor: { type: "client", id: client.id },
    clientId: client.id,
    userId: row.id,
    reason: "refresh_token_reused",
    explanation: {
      section: "RFC 9700 §4.14.2",
      remedy: "Keep each new refresh_token in place of the old one. The user must authorize again.",
    },
  });
}

/** The family's counter after this use. */
async function spendToken(request: GrantRequest, row: FamilyRow, parsed: ParsedRefreshToken): Promise<number> {
  const { app, client } = request;
  const { idleSeconds } = grantLifetimes(app, client);
  const family = { appId: app.id, id: row.grant_id, salt: row.grant_salt, idleSeconds };
  if (!rotates(client)) {
    if (parsed.counter !== row.grant_counter) failToken();
    if (row.grant_stale && !(await touchFamily(GRANT_FAMILY, family))) failToken();
    return row.grant_counter;
  }
  if (parsed.counter > row.grant_counter) failToken();
  const moved = await advanceFamily(GRANT_FAMILY, family, parsed.counter);
  if (moved) {
    if (!moved.advanced) await recordRepeated(request, row);
    return moved.counter;
  }
  const current = await findFamily(request, row.grant_id);
  if (current?.grant_live && parsed.counter < current.grant_counter) await endStolen(request, current);
  return failToken();
}

async function recordRepeated({ app, client }: GrantRequest, row: FamilyRow): Promise<void> {
  await recordRejection(app.id, {
    type: "grant.refresh_repeated",
    outcome: "success",
    actor: { type: "client", id: client.id },
    clientId: client.id,
    userId: row.id,
    reason: "refresh_repeated_within_grace",
  });
}

export const refreshToken: Grant = {
  type: "refresh_token",
  async issue(request) {
    const { app, client, parameters } = request;
    const parsed = parseRefreshToken(required(parameters, "refresh_token", SECTION));
    if (parsed?.appId !== app.id) failToken();
    const row = await findFamily(request, parsed.familyId);
    if (!row || row.grant_client !== client.id) failToken();
    const family = { appId: app.id, familyId: row.grant_id, clientId: client.id, salt: row.grant_salt };
    if (!isGenuine(parsed, family)) failToken();
    if (!row.grant_live || !row.session_live || !(row.consented || client.first_party)) failToken();
    const scopes = requestedScopes(row, client, parameters.get("scope"));
    const counter = await spendToken(request, row, parsed);
    const grant = {
      id: row.grant_id,
      salt: row.grant_salt,
      counter,
      subject: row.grant_subject,
      sessionId: row.grant_session,
      authTime: row.grant_auth_time,
      acr: row.grant_acr,
      amr: row.grant_amr,
      claims: row.grant_claims,
      user: row,
    };
    return issueUserTokens(request, grant, { scopes, refresh: true });
  },
};
