/** Conditions of the code exchange (RFC 6749 §4.1.3), in the order of the checks. */
import { db } from "../../database/client";
import type { Condition } from "../../database/conditions";
import { isActive } from "../../refresh/active";
import { CODE_KEY_CONDITION } from "../dpop/code-binding";
import { oauthFail } from "../errors";
import { PKCE_CONDITIONS } from "../pkce";
import { failWiderTarget, grantsTargets } from "../resources/audience";
import { revokeGrant } from "../revoke-grant";
import type { GrantRequest } from "./grant-handler";

export const SECTION = "RFC 6749 §4.1.3";

/** A failed exchange, with the columns of the code that explain the failure. */
export interface FailedExchange {
  request: GrantRequest;
  hash: Buffer<ArrayBuffer>;
  /** As the authorization request sent it. */
  redirectUri: string | null;
  /** Also null if another request consumed the code after this statement began. */
  grantId: string | null;
}

export function failCode(description: string, facts?: Record<string, string | null>): never {
  oauthFail("invalid_grant", description, { section: SECTION, facts });
}

/** RFC 6749 §4.1.2: a second use by the same client revokes the tokens of the first use. */
async function failReplayed({ request: { app, client }, hash, grantId }: FailedExchange): Promise<never> {
  const where = { appId_hash: { appId: app.id, hash } };
  const replayed = grantId ?? (await db().authorizationCode.findUnique({ where, select: { grantId: true } }))?.grantId;
  if (replayed) await revokeGrant(app.id, replayed, "code_replayed", { type: "client", id: client.id });
  return failCode("The code was already used, so every token issued for it is revoked. Start a new authorization");
}

/** SQL aliases: code `c`, user `u`, session `s`, request values `asked`. */
export const CODE_CONDITIONS: Condition<FailedExchange>[] = [
  {
    name: "client_matches",
    sql: `c."clientId" = asked."client"`,
    fail: () => failCode("The code is unknown or was issued to another client. Start a new authorization"),
  },
  {
    // If the authorization request omitted it, the client may send its only registered URI.
    name: "redirect_uri_matches",
    sql: `CASE WHEN c."redirectUri" IS NULL THEN asked."redirect_omittable" ELSE c."redirectUri" = asked."redirect" END`,
    fail: ({ request, redirectUri }) =>
      failCode("The redirect_uri differs from that of the authorization request. Send exactly the same value", {
        sent: request.parameters.get("redirect_uri") ?? null,
        requested: redirectUri,
      }),
  },
  ...PKCE_CONDITIONS,
  CODE_KEY_CONDITION,
  // Before expiry, so that a late replay is detected too.
  { name: "unused", sql: `c."consumedAt" IS NULL`, fail: failReplayed },
  {
    name: "unexpired",
    sql: `c."expiresAt" > now()`,
    fail: () => failCode("The code has expired: it is valid for one minute. Start a new authorization"),
  },
  {
    // RFC 8707 §2.2: narrows what was granted, and never widens it.
    name: "resources_granted",
    sql: grantsTargets(`c."resources"`),
    fail: () => failWiderTarget(),
  },
  {
    name: "session_active",
    sql: isActive("s"),
    fail: () => failCode("The session of this code has expired or was revoked. Start a new authorization"),
  },
  {
    name: "user_enabled",
    sql: `u."disabledAt" IS NULL`,
    fail: () => failCode("The user of this code is disabled. Enable the user, then start a new authorization"),
  },
];

/** Fails if a concurrent request consumed the code although all other conditions held. */
export const CONSUMED: Condition<FailedExchange> = {
  name: "consumed",
  sql: `consumed."nth" IS NOT NULL`,
  fail: failReplayed,
};
