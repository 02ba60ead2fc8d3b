/**
 * RFC 6749 §6. Confidential clients reuse their refresh token, public ones rotate it (RFC 9700 §2.2.2, §4.14.2). Order: client → MAC →
 * revoked or expired → scope → advance → issue: what fails at one of them has changed nothing.
 */
import { recordRejection } from "../../audit/events";
import { batchedStatement } from "../../database/batch";
import { isActive } from "../../refresh/active";
import { type Family, familyAdvance, GRANT_FAMILY, touchFamily } from "../../refresh/family";
import { isCurrent, isGenuine, type ParsedRefreshToken, parseRefreshToken } from "../../refresh/token";
import { OIDC_USER_COLUMNS, type OidcUser } from "../../users/user-views";
import type { ClaimsRequest } from "../claims";
import type { Client } from "../clients/clients";
import { oauthFail } from "../errors";
import { required } from "../parameters";
import { revokeGrant } from "../revoke-grant";
import { parseScope } from "../scopes/scopes";
import {
  type GrantHandler,
  type GrantRequest,
  grantLifetimes,
  issueUserTokens,
  refreshTokenFor,
} from "./grant-handler";

const SECTION = "RFC 6749 §6";

/** The use of a token that is not rotated is noted, and puts off its idle expiry, at most so often: otherwise it writes nothing. */
const NOTED_EVERY_SECONDS = 60;

interface GrantRow extends OidcUser {
  grant_id: string;
  grant_salt: Buffer;
  grant_session: string | null;
  grant_subject: string;
  grant_scopes: string[];
  grant_claims: ClaimsRequest | null;
  grant_auth_time: Date;
  grant_acr: string | null;
  grant_amr: string[];
}

const GRANT_COLUMNS = `f."id" AS "grant_id", f."salt" AS "grant_salt", f."sessionId" AS "grant_session", f."subject" AS "grant_subject",
  f."scopes" AS "grant_scopes", f."claims" AS "grant_claims", f."authTime" AS "grant_auth_time", f."acr" AS "grant_acr", f."amr" AS "grant_amr"`;

interface Spent extends GrantRow {
  counter: number;
}

interface FamilyRow extends Spent {
  /** All that it stands on still stands. */
  live: boolean;
  /** Its last use was noted long enough ago to be noted again, or its idle expiry is nearer than that makes it. */
  stale: boolean;
}

/** Without offline access a grant lives no longer than its session. */
const SESSION_LIVES = `(f."offline" OR EXISTS (SELECT 1 FROM "Session" s WHERE s."appId" = f."appId" AND s."id" = f."sessionId"
  AND ${isActive("s")}))`;
/** A first-party client needs none. */
const CONSENTED = `(asked."first_party" OR EXISTS (SELECT 1 FROM "Consent" k
  WHERE k."appId" = f."appId" AND k."userId" = f."userId" AND k."clientId" IS NOT DISTINCT FROM f."clientId"))`;

const findGrant = batchedStatement<
  { family: string; salt: Uint8Array; client: string; idle: number; unnoted: number; first_party: boolean },
  FamilyRow
>({
  name: "grant-family",
  types: { family: "text", salt: "bytea", client: "text", idle: "float8", unnoted: "float8", first_party: "bool" },
  text: (asked) => `SELECT "nth", ${OIDC_USER_COLUMNS}, ${GRANT_COLUMNS}, f."counter",
       f."salt" = asked."salt" AND ${isActive("f")} AND u."disabledAt" IS NULL
         AND ${SESSION_LIVES} AND ${CONSENTED} AS "live",
       coalesce(f."lastUsedAt" < now() - make_interval(secs => asked."unnoted"), true)
         OR f."idleExpiresAt" < LEAST(f."expiresAt", now() + make_interval(secs => asked."idle")) AS "stale"
     FROM ${asked}
     JOIN "Grant" f ON f."appId" = $1 AND f."id" = asked."family" AND f."clientId" IS NOT DISTINCT FROM asked."client"
     JOIN "User" u ON u."appId" = $1 AND u."id" = f."userId"`,
});

/** The grant of a token that is genuine, with its user. */
function findFamily({ app, client }: GrantRequest, token: ParsedRefreshToken): Promise<FamilyRow | null> {
  const { idleSeconds } = grantLifetimes(app, client);
  const unnoted = Math.min(NOTED_EVERY_SECONDS, idleSeconds / 10);
  return findGrant(app.id, {
    family: token.familyId,
    salt: token.salt,
    client: client.id,
    idle: idleSeconds - unnoted,
    unnoted,
    first_party: client.first_party,
  });
}

function failToken(): never {
  oauthFail("invalid_grant", "The refresh token is unknown, used up, expired or revoked. Start a new authorization", {
    section: SECTION,
  });
}

/** RFC 6749 §6: nothing that was not originally granted; nor what the client may not ask for any more. */
function requestedScopes(row: GrantRow, { client, parameters }: GrantRequest): string[] {
  const asked = parameters.get("scope");
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
async function endStolen({ app, client }: GrantRequest, row: GrantRow): Promise<void> {
  if (!(await revokeGrant(app.id, row.grant_id, "refresh_reused", { type: "client", id: client.id }))) return;
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

async function recordRepeated({ app, client }: GrantRequest, row: GrantRow): Promise<void> {
  await recordRejection(app.id, {
    type: "grant.refresh_repeated",
    outcome: "success",
    actor: { type: "client", id: client.id },
    clientId: client.id,
    userId: row.id,
    reason: "refresh_repeated_within_grace",
  });
}

function familyOf({ app, client }: GrantRequest, token: ParsedRefreshToken): Family {
  const { idleSeconds } = grantLifetimes(app, client);
  return { appId: app.id, id: token.familyId, salt: token.salt, idleSeconds };
}

/** For a token that is used again and again. */
async function reuse(request: GrantRequest, token: ParsedRefreshToken): Promise<Spent> {
  const row = await findFamily(request, token);
  if (!row?.live) failToken();
  requestedScopes(row, request);
  if (token.counter !== row.counter) failToken();
  if (row.stale && !(await touchFamily(GRANT_FAMILY, familyOf(request, token)))) failToken();
  return row;
}

/** What is wrong with a token that did not advance its family. */
async function failUnmoved(request: GrantRequest, token: ParsedRefreshToken): Promise<never> {
  const row = await findFamily(request, token);
  if (!row?.live) failToken();
  requestedScopes(row, request);
  if (token.counter < row.counter) await endStolen(request, row);
  return failToken();
}

const advance = familyAdvance<
  { client: string; first_party: boolean; of_client: string; scope: string | null },
  GrantRow
>(GRANT_FAMILY, {
  // Scopes by spaces, as in RFC 6749 §3.3.
  types: { client: "text", first_party: "bool", of_client: "text", scope: "text" },
  where: `f."clientId" IS NOT DISTINCT FROM asked."client" AND ${SESSION_LIVES} AND ${CONSENTED}
      AND CASE WHEN asked."scope" IS NULL THEN f."scopes" && string_to_array(asked."of_client", ' ')
        ELSE asked."scope" <> '' AND string_to_array(asked."scope", ' ') <@ f."scopes"
          AND string_to_array(asked."scope", ' ') <@ string_to_array(asked."of_client", ' ') END`,
  returning: `${OIDC_USER_COLUMNS}, ${GRANT_COLUMNS}`,
});

/** For a token that is used once: one statement decides, with all that the grant stands on. */
async function rotate(request: GrantRequest, token: ParsedRefreshToken): Promise<Spent> {
  const { client, parameters } = request;
  const asked = parameters.get("scope");
  const moved = await advance(familyOf(request, token), token.counter, {
    client: client.id,
    first_party: client.first_party,
    of_client: client.scopes.join(" "),
    scope: asked === undefined ? null : (parseScope(asked) ?? []).join(" "),
  });
  if (!moved) return failUnmoved(request, token);
  if (!moved.advanced) await recordRepeated(request, moved);
  return moved;
}

export const refreshToken: GrantHandler = {
  type: "refresh_token",
  async issue(request) {
    const { app, client, parameters } = request;
    const sent = required(parameters, "refresh_token", SECTION);
    const token = parseRefreshToken(sent);
    if (!token || !isGenuine(token, { appId: app.id, clientId: client.id })) failToken();
    const row = await (rotates(client) ? rotate : reuse)(request, token);
    const grant = {
      id: row.grant_id,
      salt: row.grant_salt,
      counter: row.counter,
      subject: row.grant_subject,
      sessionId: row.grant_session,
      authTime: row.grant_auth_time,
      acr: row.grant_acr,
      amr: row.grant_amr,
      claims: row.grant_claims,
      user: row,
    };
    // A token that is kept goes back as it came, and needs no other MAC.
    const kept = row.counter === token.counter && isCurrent(token);
    const refresh = kept ? sent : refreshTokenFor(request, grant);
    return issueUserTokens(request, grant, { scopes: requestedScopes(row, request), refresh });
  },
};
