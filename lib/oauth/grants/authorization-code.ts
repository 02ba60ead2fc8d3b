/**
 * RFC 6749 §4.1.3 with PKCE (RFC 7636). One round trip: a statement that checks the code, consumes it, makes the grant and records it, shared by
 * whoever exchanges a code of the App at that moment. Where it does nothing, the code is read and the checks are made one by one, to say which of
 * them failed; that neither burns it nor revokes anything.
 */
import { randomBytes } from "node:crypto";
import { eventRow } from "../../audit/events";
import { equalText, sha256 } from "../../crypto/hash";
import { batchedStatement } from "../../database/batch";
import { prepared } from "../../database/client";
import { newId } from "../../ids";
import { isActive } from "../../refresh/active";
import { OIDC_USER_COLUMNS, type OidcUser } from "../../users/user-views";
import type { ClaimsRequest } from "../claims";
import type { Client } from "../clients/clients";
import { appOfCode } from "../codes";
import { oauthFail } from "../errors";
import { required } from "../parameters";
import { revokeGrant } from "../revoke-grant";
import {
  type GrantHandler,
  type GrantRequest,
  grantLifetimes,
  issueUserTokens,
  receivesRefreshToken,
  refreshTokenFor,
} from "./grant-handler";

const SECTION = "RFC 6749 §4.1.3";

interface CodeRow extends OidcUser {
  code_scopes: string[];
  code_claims: ClaimsRequest | null;
  code_nonce: string | null;
  code_session: string | null;
  code_auth_time: Date;
  code_acr: string | null;
  code_amr: string[];
}

interface Facts {
  client: string;
  redirect: string | null;
  challenge: string | null;
  grant: string | null;
  used: boolean;
  live: boolean;
}

/** What decides about a code, used or not. */
async function findFacts(appId: string, hash: Buffer): Promise<Facts | null> {
  const [row] = await prepared<Facts>(
    "code-facts",
    `SELECT "clientId" AS "client", "redirectUri" AS "redirect", "codeChallenge" AS "challenge", "grantId" AS "grant",
       "consumedAt" IS NOT NULL AS "used", "expiresAt" > now() AS "live"
     FROM "AuthorizationCode" WHERE "appId" = $1 AND "hash" = $2`,
    [appId, hash],
  );
  return row ?? null;
}

function failCode(reason: string, facts?: Record<string, string | null>): never {
  oauthFail("invalid_grant", `The code ${reason}`, { section: SECTION, facts });
}

/** RFC 7636 §4.6; null without a verifier, and what no challenge is for one that is none (§4.1: 43 to 128 unreserved characters). */
function challengeOf(verifier: string | undefined): string | null {
  if (verifier === undefined) return null;
  return /^[\w.~-]{43,128}$/.test(verifier) ? sha256(verifier).toString("base64url") : "";
}

/** RFC 7636 §4.6, and no downgrade in either direction (RFC 9700 §2.1.1). */
function requireVerifier(code: Facts, verifier: string | undefined): void {
  if (!code.challenge) {
    if (verifier)
      failCode(
        "was requested without a code_challenge, so there is nothing to verify: send one with the authorization request",
      );
    return;
  }
  if (!verifier) oauthFail("invalid_grant", "The parameter code_verifier is missing", { section: "RFC 7636 §4.5" });
  if (!equalText(challengeOf(verifier) ?? "", code.challenge)) {
    oauthFail("invalid_grant", "code_verifier does not belong to the code_challenge of the authorization request", {
      section: "RFC 7636 §4.6",
    });
  }
}

/** RFC 6749 §4.1.3: required if it was in the request; said anyway, it must be the only one there is. */
function mayBeNew(client: Client, given: string | undefined): boolean {
  return given === undefined || (client.redirect_uris.length === 1 && given === client.redirect_uris[0]);
}

function requireSameRedirect(code: Facts, client: Client, given: string | undefined): void {
  if (code.redirect === null ? mayBeNew(client, given) : given === code.redirect) return;
  failCode("was issued for another redirect_uri: send exactly the one of the authorization request", {
    sent: given ?? null,
    requested: code.redirect,
  });
}

interface Exchange {
  hash: Buffer;
  grant: string;
  salt: Buffer;
  idle: number;
  absolute: number;
  client: string;
  redirect: string | null;
  may_be_new: boolean;
  challenge: string | null;
  event: string;
  request: string | null;
  ip: string | null;
  user_agent: string | null;
}

/**
 * Consumes the code, makes the grant, notes the consent's use and the event: all or nothing, and once. "IS NOT DISTINCT FROM" where no index shall be chosen: a
 * table without statistics makes PostgreSQL prefer that of the client, with all of its codes, to that of the one code.
 */
const exchange = batchedStatement<Exchange, CodeRow>({
  name: "code-carry-out",
  types: {
    hash: "bytea",
    grant: "text",
    salt: "bytea",
    idle: "int",
    absolute: "int",
    client: "text",
    redirect: "text",
    may_be_new: "bool",
    challenge: "text",
    event: "text",
    request: "text",
    ip: "text",
    user_agent: "text",
  },
  key: ({ hash }) => hash.toString("latin1"),
  text: (asked) => `WITH consumed AS (
       UPDATE "AuthorizationCode" c SET "consumedAt" = now(), "grantId" = asked."grant"
       FROM ${asked}, "User" u, "Session" s
       WHERE c."appId" = $1 AND c."hash" = asked."hash" AND c."consumedAt" IS NULL AND c."expiresAt" > now()
         AND c."clientId" IS NOT DISTINCT FROM asked."client" AND c."codeChallenge" IS NOT DISTINCT FROM asked."challenge"
         AND (c."redirectUri" = asked."redirect" OR (c."redirectUri" IS NULL AND asked."may_be_new"))
         AND u."appId" = $1 AND u."id" = c."userId" AND u."disabledAt" IS NULL
         AND s."appId" = $1 AND s."id" = c."sessionId" AND ${isActive("s")}
       RETURNING asked.*, c."userId", c."resources", c."dpopJkt", c."scopes" AS "code_scopes", c."claims" AS "code_claims",
         c."nonce" AS "code_nonce", c."sessionId" AS "code_session", c."authTime" AS "code_auth_time", c."acr" AS "code_acr",
         c."amr" AS "code_amr", ${OIDC_USER_COLUMNS}
     ), granted AS (
       INSERT INTO "Grant" ("appId", "id", "clientId", "userId", "sessionId", "subject", "scopes", "claims", "resources", "authTime", "acr",
         "amr", "offline", "dpopJkt", "salt", "createdAt", "lastUsedAt", "idleExpiresAt", "expiresAt")
       SELECT $1, "grant", "client", "userId", "code_session", "userId", "code_scopes", "code_claims", "resources", "code_auth_time", "code_acr",
         "code_amr", 'offline_access' = ANY("code_scopes"), "dpopJkt", "salt", now(), now(),
         now() + make_interval(secs => "idle"), now() + make_interval(secs => "absolute")
       FROM consumed
     ), noted AS (
       INSERT INTO "AuditEvent" ("appId", "id", "type", "actorType", "actorId", "userId", "clientId", "sessionId", "targetType", "targetId",
         "requestId", "ip", "userAgent", "explanation")
       SELECT $1, "event", 'grant.created', 'client', "client", "userId", "client", "code_session", 'grant', "grant", "request", "ip",
         "user_agent", jsonb_build_object('scopes', "code_scopes") FROM consumed
     ), used AS (
       UPDATE "Consent" k SET "lastUsedAt" = now() FROM consumed c
       WHERE k."appId" = $1 AND k."userId" = c."userId" AND k."clientId" IS NOT DISTINCT FROM c."client"
         AND (k."lastUsedAt" IS NULL OR k."lastUsedAt" < now() - interval '1 minute')
     )
     SELECT "nth", "code_scopes", "code_claims", "code_nonce", "code_session", "code_auth_time", "code_acr", "code_amr", ${OIDC_USER_COLUMNS}
     FROM consumed u`,
});

/** → the code and what it became; null where something does not hold. */
async function carryOut(
  { app, client, parameters }: GrantRequest,
  hash: Buffer,
): Promise<{ code: CodeRow; grant: Exchange } | null> {
  const { idleSeconds, absoluteSeconds } = grantLifetimes(app, client);
  const redirectUri = parameters.get("redirect_uri");
  const event = eventRow(app.id, { type: "grant.created", actor: { type: "client", id: client.id } });
  const asked: Exchange = {
    hash,
    grant: newId("grn"),
    salt: randomBytes(16),
    idle: idleSeconds,
    absolute: absoluteSeconds,
    client: client.id,
    redirect: redirectUri ?? null,
    may_be_new: mayBeNew(client, redirectUri),
    challenge: challengeOf(parameters.get("code_verifier")),
    event: event.id,
    request: event.requestId,
    ip: event.ip,
    user_agent: event.userAgent,
  };
  const code = await exchange(app.id, asked);
  return code && { code, grant: asked };
}

/** A second use by the right client: what the first one gave out ends (RFC 6749 §4.1.2, RFC 9700 §2.1.1). */
async function failReplayed({ app, client }: GrantRequest, grantId: string | null): Promise<never> {
  if (grantId) await revokeGrant(app.id, grantId, "code_replayed", { type: "client", id: client.id });
  return failCode("was used before; every token that it gave is revoked. Start a new authorization");
}

/** Why a code was not carried out. */
async function failUncarried(request: GrantRequest, hash: Buffer): Promise<never> {
  const { app, client, parameters } = request;
  const code = await findFacts(app.id, hash);
  if (!code || code.client !== client.id) return failCode("is unknown, or was issued to another client");
  requireSameRedirect(code, client, parameters.get("redirect_uri"));
  requireVerifier(code, parameters.get("code_verifier"));
  // "Used" is asked before "expired", so that a late replay is seen too.
  if (code.used) return failReplayed(request, code.grant);
  if (!code.live) failCode("has expired; it lives one minute. Start a new authorization");
  return failCode("belongs to a session that has ended");
}

export const authorizationCode: GrantHandler = {
  type: "authorization_code",
  async issue(request) {
    const { app, client, parameters } = request;
    const sent = required(parameters, "code", SECTION);
    if (appOfCode(sent) !== app.id) failCode("is unknown");
    const hash = sha256(sent);
    const { code, grant } = (await carryOut(request, hash)) ?? (await failUncarried(request, hash));
    const granted = {
      id: grant.grant,
      salt: grant.salt,
      counter: 0,
      subject: code.id,
      sessionId: code.code_session,
      authTime: code.code_auth_time,
      acr: code.code_acr,
      amr: code.code_amr,
      claims: code.code_claims,
      user: code,
    };
    return issueUserTokens(request, granted, {
      scopes: code.code_scopes,
      refresh: receivesRefreshToken(client, code.code_scopes) ? refreshTokenFor(request, granted) : undefined,
      nonce: code.code_nonce,
    });
  },
};
