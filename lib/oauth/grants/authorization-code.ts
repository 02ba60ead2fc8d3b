/**
 * Authorization code grant (RFC 6749 §4.1.3) with PKCE (RFC 7636). One statement checks and
 * consumes the code and creates the grant. Concurrent exchanges of an app share it.
 */
import { randomBytes } from "node:crypto";
import { eventRow } from "../../audit/events";
import { sha256 } from "../../crypto/hash";
import { batchedStatement } from "../../database/batch";
import { inApp, rowByKey } from "../../database/by-key";
import { allHold, conditionColumns, conditionNames, requireConditions } from "../../database/conditions";
import { newId } from "../../ids";
import { OIDC_USER_COLUMNS, type OidcUser } from "../../users/user-views";
import type { ClaimsRequest } from "../claims";
import { appOfCode } from "../codes";
import { insertNotice } from "../logout/notices";
import { required } from "../parameters";
import { challengeOfVerifier } from "../pkce";
import { requestedTargets } from "../resources/audience";
import { CODE_CONDITIONS, CONSUMED, failCode, SECTION } from "./code-conditions";
import {
  type GrantHandler,
  type GrantRequest,
  grantLifetimes,
  issueUserTokens,
  receivesRefreshToken,
  refreshTokenFor,
} from "./grant-handler";

/** A code and its user. The `code_…` columns are null unless this exchange consumed the code. */
interface CodeRow extends OidcUser {
  redirect_uri: string | null;
  grant_id: string | null;
  /** null: the user ID. */
  code_subject: string | null;
  code_resources: string[];
  code_scopes: string[];
  code_claims: ClaimsRequest | null;
  code_nonce: string | null;
  code_session: string | null;
  code_auth_time: Date;
  code_acr: string | null;
  code_amr: string[];
}

interface Exchange {
  hash: Buffer;
  grant: string;
  salt: Buffer;
  idle: number;
  absolute: number;
  client: string;
  logout: boolean;
  redirect: string | null;
  redirect_omittable: boolean;
  challenge: string | null;
  /** The key of the request's DPoP proof, and whether it also binds the refresh token. */
  jkt: string | null;
  binds_refresh: boolean;
  /** The requested resources with spaces; null if the request names none. */
  resources: string | null;
  event: string;
  request: string | null;
  ip: string | null;
  user_agent: string | null;
}

/**
 * `consumed` returns columns as the UPDATE found them: they may differ from what `code` read.
 */
const exchange = batchedStatement<Exchange, CodeRow>({
  name: "code-exchange",
  types: {
    hash: "bytea",
    grant: "text",
    salt: "bytea",
    idle: "int",
    absolute: "int",
    client: "text",
    logout: "bool",
    redirect: "text",
    redirect_omittable: "bool",
    challenge: "text",
    jkt: "text",
    binds_refresh: "bool",
    resources: "text",
    event: "text",
    request: "text",
    ip: "text",
    user_agent: "text",
  },
  key: ({ hash }) => hash.toString("latin1"),
  text: (asked) => `WITH code AS MATERIALIZED (
       SELECT asked.*, c."redirectUri" AS "redirect_uri", c."grantId" AS "grant_id", s."userAgent" AS "browser",
         ${OIDC_USER_COLUMNS}, ${conditionColumns(CODE_CONDITIONS)}
       FROM ${asked}
       JOIN ${rowByKey("AuthorizationCode", "c", `c."hash" = asked."hash"`)} ON true
       JOIN ${rowByKey("User", "u", `u."id" = c."userId"`)} ON true
       LEFT JOIN ${rowByKey("Session", "s", `s."id" = c."sessionId"`)} ON true
     ), consumed AS (
       UPDATE "AuthorizationCode" c SET "consumedAt" = now(), "grantId" = code."grant"
       FROM code
       WHERE ${inApp("c")} AND c."hash" = code."hash" AND c."consumedAt" IS NULL AND ${allHold(CODE_CONDITIONS, "code")}
       RETURNING code.*, c."userId", c."subject" AS "code_subject", c."resources" AS "code_resources", c."scopes" AS "code_scopes", c."claims" AS "code_claims",
         c."nonce" AS "code_nonce", c."sessionId" AS "code_session", c."authTime" AS "code_auth_time", c."acr" AS "code_acr",
         c."amr" AS "code_amr"
     ), granted AS (
       INSERT INTO "Grant" ("appId", "id", "clientId", "userId", "sessionId", "subject", "scopes", "claims", "resources", "authTime", "acr",
         "amr", "offline", "dpopJkt", "userAgent", "salt", "createdAt", "lastUsedAt", "idleExpiresAt", "expiresAt")
       SELECT $1, "grant", "client", "userId", "code_session", coalesce("code_subject", "userId"), "code_scopes", "code_claims", "code_resources", "code_auth_time", "code_acr",
         "code_amr", 'offline_access' = ANY("code_scopes"), CASE WHEN "binds_refresh" THEN "jkt" END, "browser", "salt", now(), now(),
         now() + make_interval(secs => "idle"), now() + make_interval(secs => "absolute")
       FROM consumed
     ), noticed AS (
       ${insertNotice("consumed", { session: "code_session", subject: `coalesce("code_subject", "userId")`, scopes: "code_scopes" })}
     ), recorded AS (
       INSERT INTO "AuditEvent" ("appId", "id", "type", "actorType", "actorId", "userId", "clientId", "sessionId", "targetType", "targetId",
         "requestId", "ip", "userAgent", "explanation")
       SELECT $1, "event", 'grant.created', 'client', "client", "userId", "client", "code_session", 'grant', "grant", "request", "ip",
         "user_agent", jsonb_build_object('scopes', "code_scopes") FROM consumed
     )
     SELECT "nth", ${OIDC_USER_COLUMNS}, ${conditionNames(CODE_CONDITIONS, "u")}, ${conditionColumns([CONSUMED])}, u."redirect_uri", u."grant_id",
       "code_subject", "code_resources", "code_scopes", "code_claims", "code_nonce", "code_session", "code_auth_time", "code_acr", "code_amr"
     FROM code u LEFT JOIN consumed USING ("nth")`,
});

function exchangeValues(
  { app, client, parameters, proof }: GrantRequest,
  hash: Buffer,
  requested: string[] | null,
): Exchange {
  const { idleSeconds, absoluteSeconds } = grantLifetimes(app, client);
  const redirectUri = parameters.get("redirect_uri");
  const event = eventRow(app.id, { type: "grant.created", actor: { type: "client", id: client.id } });
  const [onlyUri, ...otherUris] = client.redirect_uris;
  return {
    hash,
    grant: newId("grn"),
    salt: randomBytes(16),
    idle: idleSeconds,
    absolute: absoluteSeconds,
    client: client.id,
    logout: client.backchannel_logout_uri !== null,
    redirect: redirectUri ?? null,
    redirect_omittable: redirectUri === undefined || (redirectUri === onlyUri && otherUris.length === 0),
    challenge: challengeOfVerifier(parameters.get("code_verifier")),
    jkt: proof?.jkt ?? null,
    binds_refresh: client.public, // RFC 9449 §5: a confidential client's refresh token is bound to its credentials.
    resources: requested?.join(" ") ?? null,
    event: event.id,
    request: event.requestId,
    ip: event.ip,
    user_agent: event.userAgent,
  };
}

export const authorizationCode: GrantHandler = {
  async issue(request) {
    const { app, client, parameters, resources } = request;
    const sent = required(parameters, "code", SECTION);
    const hash = sha256(sent);
    const requested = requestedTargets(app, resources, parameters);
    const values = exchangeValues(request, hash, requested);
    const code = appOfCode(sent) === app.id ? await exchange(app.id, values) : null;
    if (!code) return failCode("The code is unknown or was issued to another client. Start a new authorization");
    const failure = { request, hash, redirectUri: code.redirect_uri, grantId: code.grant_id };
    await requireConditions([...CODE_CONDITIONS, CONSUMED], code, failure);
    const grant = {
      id: values.grant,
      salt: values.salt,
      counter: 0,
      subject: code.code_subject ?? code.id,
      sessionId: code.code_session,
      sid: code.code_session,
      authTime: code.code_auth_time,
      acr: code.code_acr,
      amr: code.code_amr,
      claims: code.code_claims,
      user: code,
    };
    return issueUserTokens(request, grant, {
      target: { resources: code.code_resources, scopes: code.code_scopes },
      requested,
      refresh: receivesRefreshToken(client, code.code_scopes) ? refreshTokenFor(request, grant) : undefined,
      nonce: code.code_nonce,
    });
  },
};
