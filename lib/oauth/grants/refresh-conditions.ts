/** Conditions of the refresh token grant (RFC 6749 §6), in the order of the checks. */
import { hasRow } from "../../database/by-key";
import type { Condition } from "../../database/conditions";
import { isActive } from "../../refresh/active";
import { familyConditions } from "../../refresh/family";
import { GRANT_FAMILY, revokeReusedFamily, rotationConditions, type TokenUse } from "../../refresh/policy";
import type { OidcUser } from "../../users/user-views";
import type { ClaimsRequest } from "../claims";
import { oauthFail } from "../errors";
import { failWiderTarget, grantsTargets } from "../resources/audience";
import { revokeGrant } from "../revoke-grant";
import { parseScope } from "../scopes/scopes";
import type { GrantRequest } from "./grant-handler";

export const SECTION = "RFC 6749 §6";

/** The grant of a refresh token and its user. */
export interface GrantRow extends OidcUser {
  grant_id: string;
  grant_salt: Buffer;
  grant_session: string | null;
  /** The session that its ID tokens name. */
  grant_sid: string | null;
  grant_subject: string;
  grant_resources: string[];
  grant_scopes: string[];
  grant_claims: ClaimsRequest | null;
  grant_auth_time: Date;
  grant_acr: string | null;
  grant_amr: string[];
}

export const GRANT_COLUMNS = `f."id" AS "grant_id", f."salt" AS "grant_salt", f."sessionId" AS "grant_session",
  CASE WHEN f."sessionId" IS NOT NULL THEN coalesce(f."sid", f."sessionId") END AS "grant_sid", f."subject" AS "grant_subject",
  f."resources" AS "grant_resources", f."scopes" AS "grant_scopes", f."claims" AS "grant_claims", f."authTime" AS "grant_auth_time", f."acr" AS "grant_acr", f."amr" AS "grant_amr"`;

/** Request values for the conditions. Spaces separate scopes (RFC 6749 §3.3). */
export interface ConditionValues {
  client: string;
  first_party: boolean;
  client_scopes: string;
  /** null without the parameter, "" if it is malformed. */
  scope: string | null;
  /** The key of the request's DPoP proof. */
  jkt: string | null;
  /** The requested resources; null if the request names none. */
  resources: string | null;
}

export const CONDITION_TYPES = {
  client: "text",
  first_party: "bool",
  client_scopes: "text",
  scope: "text",
  jkt: "text",
  resources: "text",
};

export function conditionValues(
  { client, parameters, proof }: GrantRequest,
  requested: string[] | null,
): ConditionValues {
  const sent = parameters.get("scope");
  return {
    client: client.id,
    first_party: client.first_party,
    client_scopes: client.scopes.join(" "),
    scope: sent === undefined ? null : (parseScope(sent) ?? []).join(" "),
    jkt: proof?.jkt ?? null,
    resources: requested?.join(" ") ?? null,
  };
}

export interface RefreshFailure {
  request: GrantRequest;
  grant: GrantRow;
}

export function failToken(): never {
  oauthFail(
    "invalid_grant",
    "The refresh token is unknown, already used, expired or revoked. Start a new authorization",
    {
      section: SECTION,
    },
  );
}

export function tokenUse({ request: { app, client }, grant }: RefreshFailure): TokenUse {
  return { appId: app.id, actor: { type: "client", id: client.id }, clientId: client.id, userId: grant.id };
}

/** The granted scopes that the client may still request. */
export function remainingScopes({ request: { client }, grant }: RefreshFailure): string[] {
  return grant.grant_scopes.filter((name) => client.scopes.includes(name));
}

function failScope(failure: RefreshFailure): never {
  const { scope } = conditionValues(failure.request, null);
  oauthFail("invalid_scope", "The parameter scope must name scopes that the user granted, or be omitted", {
    section: SECTION,
    facts: { sent: scope === null ? null : scope.split(" ").filter(Boolean), granted: remainingScopes(failure) },
  });
}

/** SQL aliases: grant `f`, request values `asked`. A failure of these changes nothing. */
export const GRANT_CONDITIONS: Condition<RefreshFailure>[] = [
  { name: "client_matches", sql: `f."clientId" = asked."client"`, fail: failToken },
  ...familyConditions(failToken),
  {
    // RFC 9449 §5: the refresh token of a public client is bound to the key of the code exchange.
    name: "key_matches",
    sql: `f."dpopJkt" IS NULL OR f."dpopJkt" = asked."jkt"`,
    fail: () =>
      oauthFail(
        "invalid_grant",
        "The refresh token is bound to a key. Send a DPoP proof that is signed with the key of the code exchange",
        { section: "RFC 9449 §5" },
      ),
  },
  {
    // Without offline access, a grant requires an active session.
    name: "session_active",
    sql: `f."offline" OR ${hasRow("Session", "s", `s."id" = f."sessionId" AND ${isActive("s")}`)}`,
    fail: failToken,
  },
  {
    // A first-party client needs no consent.
    name: "consented",
    sql: `asked."first_party" OR ${hasRow("Consent", "k", `k."userId" = f."userId" AND k."clientId" IS NOT DISTINCT FROM f."clientId"`)}`,
    fail: failToken,
  },
  {
    // RFC 6749 §6: only granted scopes, and only those that the client may still request.
    name: "scope_granted",
    sql: `CASE WHEN asked."scope" IS NULL THEN f."scopes" && string_to_array(asked."client_scopes", ' ')
        OR (cardinality(f."scopes") = 0 AND cardinality(f."resources") > 0)
      ELSE asked."scope" <> '' AND string_to_array(asked."scope", ' ') <@ f."scopes"
        AND string_to_array(asked."scope", ' ') <@ string_to_array(asked."client_scopes", ' ') END`,
    fail: failScope,
  },
  {
    // RFC 8707 §2.2: narrows what was granted, and never widens it.
    name: "resources_granted",
    sql: grantsTargets(`f."resources"`),
    fail: () => failWiderTarget(),
  },
];

export const ROTATION_CONDITIONS: Condition<RefreshFailure>[] = [
  ...GRANT_CONDITIONS,
  ...rotationConditions<RefreshFailure>(GRANT_FAMILY, {
    fail: failToken,
    revokeReused: (failure) => {
      const { appId, actor } = tokenUse(failure);
      return revokeReusedFamily(GRANT_FAMILY, tokenUse(failure), () =>
        revokeGrant(appId, failure.grant.grant_id, "refresh_reused", actor),
      );
    },
  }),
];

/** Conditions for a client that doesn't rotate its refresh token. */
export const KEPT_CONDITIONS: Condition<RefreshFailure>[] = [
  ...GRANT_CONDITIONS,
  { name: "counter_matches", sql: `f."counter" = asked."from"`, fail: failToken },
];
