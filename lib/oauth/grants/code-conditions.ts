/** What must hold to exchange an authorization code (RFC 6749 §4.1.3), in the order of the checks, each with its error. */

import { db } from "../../database/client";
import type { Condition } from "../../database/conditions";
import { isActive } from "../../refresh/active";
import { oauthFail } from "../errors";
import { PKCE_CONDITIONS } from "../pkce";
import { revokeGrant } from "../revoke-grant";
import type { GrantRequest } from "./grant-handler";

export const SECTION = "RFC 6749 §4.1.3";

/** An exchange that failed, with what the code's row tells about the failure. */
export interface FailedExchange {
  request: GrantRequest;
  hash: Buffer<ArrayBuffer>;
  /** As the authorization request sent it. */
  redirectUri: string | null;
  /** null also when another request consumed the code after this statement began. */
  grantId: string | null;
}

export function failCode(description: string, facts?: Record<string, string | null>): never {
  oauthFail("invalid_grant", description, { section: SECTION, facts });
}

/** RFC 6749 §4.1.2, RFC 9700 §2.1.1: a second use by the right client revokes what the first one issued. */
async function failReplayed({ request: { app, client }, hash, grantId }: FailedExchange): Promise<never> {
  const where = { appId_hash: { appId: app.id, hash } };
  const replayed = grantId ?? (await db().authorizationCode.findUnique({ where, select: { grantId: true } }))?.grantId;
  if (replayed) await revokeGrant(app.id, replayed, "code_replayed", { type: "client", id: client.id });
  return failCode("The code was already used, so every token issued for it is revoked. Start a new authorization");
}

/** For the code `c`, its user `u` and session `s`, and the values of the request, `asked`. */
export const CODE_CONDITIONS: Condition<FailedExchange>[] = [
  {
    name: "client_matches",
    sql: `c."clientId" = asked."client"`,
    fail: () => failCode("The code is unknown or was issued to another client. Start a new authorization"),
  },
  {
    // Required if the authorization request had it. Where that left it out, the client may send its only registered one.
    name: "redirect_uri_matches",
    sql: `CASE WHEN c."redirectUri" IS NULL THEN asked."redirect_omittable" ELSE c."redirectUri" = asked."redirect" END`,
    fail: ({ request, redirectUri }) =>
      failCode("The redirect_uri differs from that of the authorization request. Send exactly the same value", {
        sent: request.parameters.get("redirect_uri") ?? null,
        requested: redirectUri,
      }),
  },
  ...PKCE_CONDITIONS,
  // Before expiry, so that a late replay is detected too.
  { name: "unused", sql: `c."consumedAt" IS NULL`, fail: failReplayed },
  {
    name: "unexpired",
    sql: `c."expiresAt" > now()`,
    fail: () => failCode("The code has expired: it is valid for one minute. Start a new authorization"),
  },
  {
    name: "session_active",
    sql: isActive("s"),
    fail: () => failCode("The session of this code has expired or was revoked. Start a new authorization"),
  },
  {
    name: "user_enabled",
    sql: `u."disabledAt" IS NULL`,
    fail: () => failCode("The user of this code is disabled"),
  },
];

/** Single use: where all conditions held but the UPDATE found no unused code, another request consumed it at this moment. */
export const CONSUMED: Condition<FailedExchange> = {
  name: "consumed",
  sql: `consumed."nth" IS NOT NULL`,
  fail: failReplayed,
};
