/**
 * RFC 6749 §4.1.3 with PKCE (RFC 7636). Two round trips: one reads, one statement consumes the code, makes the grant and records it. What is
 * checked before that neither burns the code nor revokes anything.
 */
import { createHash, randomBytes } from "node:crypto";
import { eventRow } from "../../audit/events";
import { equalText, sha256 } from "../../crypto/hash";
import { prepared } from "../../db";
import { newId } from "../../ids";
import { PERSON_COLUMNS, type Person } from "../../users/users";
import type { ClaimsRequest } from "../claims";
import type { Client } from "../clients/clients";
import { appOfCode } from "../codes";
import { oauthFail } from "../errors";
import { endGrant } from "../grant-end";
import { required } from "../parameters";
import { type Grant, type GrantRequest, grantLifetimes, issueUserTokens, mayRefresh } from "./grant";

const SECTION = "RFC 6749 §4.1.3";

interface CodeRow extends Person {
  code_client: string;
  code_redirect: string | null;
  code_challenge: string | null;
  code_scopes: string[];
  code_claims: ClaimsRequest | null;
  code_nonce: string | null;
  code_session: string | null;
  code_auth_time: Date;
  code_acr: string | null;
  code_amr: string[];
  code_grant: string | null;
  code_used: boolean;
  code_live: boolean;
  admitted: boolean;
}

async function findCode(appId: string, hash: Buffer): Promise<CodeRow | null> {
  const [row] = await prepared<CodeRow>(
    "code-find",
    `SELECT ${PERSON_COLUMNS},
       c."clientId" AS "code_client", c."redirectUri" AS "code_redirect", c."codeChallenge" AS "code_challenge",
       c."scopes" AS "code_scopes", c."claims" AS "code_claims", c."nonce" AS "code_nonce", c."sessionId" AS "code_session",
       c."authTime" AS "code_auth_time", c."acr" AS "code_acr", c."amr" AS "code_amr", c."grantId" AS "code_grant",
       c."consumedAt" IS NOT NULL AS "code_used", c."expiresAt" > now() AS "code_live",
       u."disabledAt" IS NULL AND s."revokedAt" IS NULL AND s."expiresAt" > now() AND s."idleExpiresAt" > now() AS "admitted"
     FROM "AuthorizationCode" c
     JOIN "User" u ON u."appId" = c."appId" AND u."id" = c."userId"
     LEFT JOIN "Session" s ON s."appId" = c."appId" AND s."id" = c."sessionId"
     WHERE c."appId" = $1 AND c."hash" = $2`,
    [appId, hash],
  );
  return row ?? null;
}

function failCode(reason: string, facts?: Record<string, string | null>): never {
  oauthFail("invalid_grant", `The code ${reason}`, { section: SECTION, facts });
}

/** RFC 7636 §4.6, and no downgrade in either direction (RFC 9700 §2.1.1). */
function requireVerifier(row: CodeRow, verifier: string | undefined): void {
  if (!row.code_challenge) {
    if (verifier)
      failCode(
        "was requested without a code_challenge, so there is nothing to verify: send one with the authorization request",
      );
    return;
  }
  if (!verifier) oauthFail("invalid_grant", "The parameter code_verifier is missing", { section: "RFC 7636 §4.5" });
  // RFC 7636 §4.1: 43 to 128 unreserved characters.
  const challenge = /^[\w.~-]{43,128}$/.test(verifier) ? createHash("sha256").update(verifier).digest("base64url") : "";
  if (!equalText(challenge, row.code_challenge)) {
    oauthFail("invalid_grant", "code_verifier does not belong to the code_challenge of the authorization request", {
      section: "RFC 7636 §4.6",
    });
  }
}

function requireSameRedirect(row: CodeRow, client: Client, given: string | undefined): void {
  if (given === (row.code_redirect ?? undefined)) return;
  // RFC 6749 §4.1.3: required if it was in the request; said anyway, it must be the only one there is.
  if (row.code_redirect === null && client.redirect_uris.length === 1 && given === client.redirect_uris[0]) return;
  failCode("was issued for another redirect_uri: send exactly the one of the authorization request", {
    sent: given ?? null,
    requested: row.code_redirect,
  });
}

interface Carried {
  grantId: string;
  salt: Buffer;
}

/** Consumes the code, makes the grant, notes the consent's use and the event: all or nothing, and once. */
async function carryOut({ app, client }: GrantRequest, hash: Buffer, row: CodeRow): Promise<Carried | null> {
  const grantId = newId("grn");
  const salt = randomBytes(16);
  const { idleSeconds, absoluteSeconds } = grantLifetimes(app, client);
  const event = eventRow(app.id, {
    type: "grant.created",
    actor: { type: "client", id: client.id },
    clientId: client.id,
    userId: row.id,
    target: { type: "grant", id: grantId },
    explanation: { scopes: row.code_scopes },
  });
  const rows = await prepared(
    "code-carry-out",
    `WITH consumed AS (
       UPDATE "AuthorizationCode" SET "consumedAt" = now(), "grantId" = $3
       WHERE "appId" = $1 AND "hash" = $2 AND "consumedAt" IS NULL AND "expiresAt" > now() RETURNING *
     ), granted AS (
       INSERT INTO "Grant" ("appId", "id", "clientId", "userId", "sessionId", "subject", "scopes", "claims", "resources", "authTime", "acr",
         "amr", "offline", "dpopJkt", "salt", "createdAt", "lastUsedAt", "idleExpiresAt", "expiresAt")
       SELECT "appId", $3, "clientId", "userId", "sessionId", "userId", "scopes", "claims", "resources", "authTime", "acr",
         "amr", 'offline_access' = ANY("scopes"), "dpopJkt", $4, now(), now(),
         now() + make_interval(secs => $5::int), now() + make_interval(secs => $6::int)
       FROM consumed RETURNING 1
     ), noted AS (
       INSERT INTO "AuditEvent" ("appId", "id", "type", "actorType", "actorId", "userId", "clientId", "sessionId", "targetType", "targetId",
         "requestId", "ip", "userAgent", "explanation")
       SELECT "appId", $7, $8, 'client', "clientId", "userId", "clientId", "sessionId", 'grant', $3, $9, $10, $11, $12::jsonb FROM consumed
     ), used AS (
       UPDATE "Consent" k SET "lastUsedAt" = now() FROM consumed c
       WHERE k."appId" = c."appId" AND k."userId" = c."userId" AND k."clientId" = c."clientId"
         AND (k."lastUsedAt" IS NULL OR k."lastUsedAt" < now() - interval '1 minute')
     )
     SELECT 1 FROM granted`,
    [
      app.id,
      hash,
      grantId,
      salt,
      idleSeconds,
      absoluteSeconds,
      event.id,
      event.type,
      event.requestId,
      event.ip,
      event.userAgent,
      JSON.stringify(event.explanation),
    ],
  );
  return rows.length > 0 ? { grantId, salt } : null;
}

/** A second use by the right client: what the first one gave out ends (RFC 6749 §4.1.2, RFC 9700 §2.1.1). */
async function failReplayed({ app, client }: GrantRequest, grantId: string | null): Promise<never> {
  if (grantId) await endGrant(app.id, grantId, "code_replayed", { type: "client", id: client.id });
  return failCode("was used before; every token that it gave is revoked. Start a new authorization");
}

export const authorizationCode: Grant = {
  type: "authorization_code",
  async issue(request) {
    const { app, client, parameters } = request;
    const code = required(parameters, "code", SECTION);
    if (appOfCode(code) !== app.id) failCode("is unknown");
    const hash = sha256(code);
    const row = await findCode(app.id, hash);
    if (!row || row.code_client !== client.id) failCode("is unknown, or was issued to another client");
    requireSameRedirect(row, client, parameters.get("redirect_uri"));
    requireVerifier(row, parameters.get("code_verifier"));
    // "Used" is asked before "expired", so that a late replay is seen too.
    if (row.code_used) return failReplayed(request, row.code_grant);
    if (!row.code_live) failCode("has expired; it lives one minute. Start a new authorization");
    if (!row.admitted) failCode("belongs to a session that has ended");
    const carried = await carryOut(request, hash, row);
    if (!carried) return failReplayed(request, (await findCode(app.id, hash))?.code_grant ?? null);
    const grant = {
      id: carried.grantId,
      salt: carried.salt,
      counter: 0,
      subject: row.id,
      sessionId: row.code_session,
      authTime: row.code_auth_time,
      acr: row.code_acr,
      amr: row.code_amr,
      claims: row.code_claims,
      user: row,
    };
    return issueUserTokens(request, grant, {
      scopes: row.code_scopes,
      refresh: mayRefresh(client, row.code_scopes),
      nonce: row.code_nonce,
    });
  },
};
