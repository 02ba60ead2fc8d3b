/** Token introspection (RFC 7662). A token that the caller may not see is reported as inactive. */
import type { App } from "../../apps/apps";
import { hasRow, inApp, rowByKey } from "../../database/by-key";
import { prepared } from "../../database/client";
import { isActive } from "../../refresh/active";
import { isGenuine, parseRefreshToken } from "../../refresh/token";
import type { Client } from "../clients/clients";
import { type VerifiedAccessToken, verifyAccessToken } from "./access-token";
import { findActiveTokenEmail } from "./active-token";

const INACTIVE = { active: false } as const;

/** A confidential client, or null for the app's backend with its API key. */
export type Introspector = { app: App; client: Client | null };

/** API keys and resource servers see all access tokens of the app, other clients only their own. */
function maySee({ client }: Introspector, token: VerifiedAccessToken): boolean {
  return client === null || client.resource_server || client.id === token.clientId;
}

async function introspectAccessToken(caller: Introspector, token: VerifiedAccessToken) {
  if (token.app.id !== caller.app.id || !maySee(caller, token)) return INACTIVE;
  const active = await findActiveTokenEmail(token);
  if (!active) return INACTIVE;
  const { auth_time, acr, amr, cnf, act } = token.claims;
  // RFC 7662 §2.2. JSON omits undefined values.
  return {
    active: true,
    scope: token.scopes.join(" "),
    client_id: token.clientId,
    username: active.email && token.scopes.includes("email") ? active.email : undefined,
    token_type: token.jkt ? "DPoP" : "Bearer",
    exp: token.expiresAt,
    iat: token.issuedAt,
    sub: token.subject,
    aud: token.audience.length === 1 ? token.audience[0] : token.audience,
    iss: token.app.issuer,
    jti: token.jti,
    sid: token.sessionId ?? undefined,
    auth_time,
    acr,
    amr,
    cnf, // RFC 9449 §6.2
    act, // RFC 8693 §4.1
  };
}

interface GrantRow {
  scopes: string[];
  subject: string;
  exp: number;
  iat: number;
}

async function introspectRefreshToken({ app, client }: Introspector, text: string) {
  const parsed = parseRefreshToken(text);
  if (!parsed || !client || !isGenuine(parsed, { appId: app.id, clientId: client.id })) return INACTIVE;
  const [grant] = await prepared<GrantRow>(
    "grant-introspect",
    `SELECT g."scopes", g."subject",
       extract(epoch FROM least(g."expiresAt", g."idleExpiresAt"))::int AS "exp", extract(epoch FROM g."createdAt")::int AS "iat"
     FROM "Grant" g
     JOIN ${rowByKey("User", "u", `u."id" = g."userId"`)} ON true
     LEFT JOIN ${rowByKey("Session", "s", `s."id" = g."sessionId"`)} ON true
     WHERE ${inApp("g")} AND g."id" = $2 AND g."clientId" IS NOT DISTINCT FROM $3 AND g."salt" = $5 AND g."counter" = $6 AND ${isActive("g")}
       AND ($4 OR ${hasRow("Consent", "k", `k."userId" = g."userId" AND k."clientId" IS NOT DISTINCT FROM $3`)})
       AND u."disabledAt" IS NULL AND (g."offline" OR (${isActive("s")}))`,
    [app.id, parsed.familyId, client.id, client.first_party, parsed.salt, parsed.counter],
  );
  if (!grant) return INACTIVE;
  const { scopes, subject, exp, iat } = grant;
  return { active: true, scope: scopes.join(" "), client_id: client.id, sub: subject, exp, iat, iss: app.issuer };
}

export async function introspect(caller: Introspector, token: string) {
  const access = await verifyAccessToken(token);
  return access ? introspectAccessToken(caller, access) : introspectRefreshToken(caller, token);
}
