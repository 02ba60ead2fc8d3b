/** OAuth access tokens: JWTs (RFC 9068), bound to a grant and a session. */
import { verifyAccessJwt } from "../../apps/access-token-jwt";
import type { App } from "../../apps/apps";
import { signJwt } from "../../apps/jwt";
import { nowSeconds } from "../../clock";
import { newId } from "../../ids";
import type { Client } from "../clients/client";

/** The facts that an access token states. */
interface AccessFacts {
  subject: string;
  scopes: string[];
  /** Absent for the client credentials grant. */
  grantId?: string;
  /** The client of that grant, if it isn't the token's own: after a token exchange. */
  grantClientId?: string;
  sessionId?: string | null;
  authTime?: Date;
  acr?: string | null;
  amr?: string[];
  /** The resources that the token is for (RFC 8707). Default: the issuer. */
  audience?: string | string[];
  /** The thumbprint of the DPoP key that the token is bound to (RFC 9449 §6). */
  jkt?: string | null;
  /** Who acts for the subject (RFC 8693 §4.1). */
  act?: object;
  /** The lifetime that replaces the client's. */
  ttlSeconds?: number | null;
  /** In seconds since the epoch: the token never outlives this. */
  expiresAtMost?: number;
  /** Custom claims. */
  extra?: Record<string, unknown>;
}

export interface IssuedAccessToken {
  token: string;
  expiresInSeconds: number;
}

function lifetime(app: App, client: Client, { ttlSeconds, expiresAtMost }: AccessFacts): number {
  const seconds = ttlSeconds ?? client.access_token_ttl_seconds ?? app.settings.oauth_token_ttl_seconds;
  return expiresAtMost === undefined ? seconds : Math.max(1, Math.min(seconds, expiresAtMost - nowSeconds()));
}

export async function issueAccessToken(app: App, client: Client, facts: AccessFacts): Promise<IssuedAccessToken> {
  const ttlSeconds = lifetime(app, client, facts);
  // JSON omits undefined values.
  const claims = {
    // Never the app ID: the app's backend must not accept a client's token as a session.
    aud: facts.audience ?? app.issuer,
    client_id: client.id,
    sub: facts.subject,
    jti: newId("jti"),
    scope: facts.scopes.join(" "), // RFC 9068 §2.2.3
    gid: facts.grantId,
    grant_client_id: facts.grantClientId === client.id ? undefined : facts.grantClientId,
    sid: facts.sessionId ?? undefined,
    auth_time: facts.authTime && Math.floor(facts.authTime.getTime() / 1000),
    acr: facts.acr ?? undefined,
    amr: facts.amr?.length ? facts.amr : undefined,
    cnf: facts.jkt ? { jkt: facts.jkt } : undefined,
    act: facts.act,
  };
  if (facts.extra) Object.assign(claims, facts.extra);
  const token = await signJwt(app, claims, { typ: app.settings.access_token_typ, alg: "ES256", ttlSeconds });
  return { token, expiresInSeconds: ttlSeconds };
}

export interface VerifiedAccessToken {
  app: App;
  jti: string;
  subject: string;
  clientId: string;
  scopes: string[];
  /** Only a token whose audience contains the issuer is for userinfo and /api/me. */
  audience: string[];
  /** The thumbprint of the DPoP key that the token is bound to. */
  jkt: string | null;
  grantId: string | null;
  /** Differs from the token's client after a token exchange. */
  grantClientId: string;
  sessionId: string | null;
  issuedAt: number;
  expiresAt: number;
  claims: Record<string, unknown>;
}

function audienceOf(aud: unknown): string[] {
  if (typeof aud === "string") return [aud];
  return Array.isArray(aud) && aud.every((one) => typeof one === "string") ? aud : [];
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** Whether the token is for the issuer's own endpoints: userinfo and /api/me (RFC 9068 §4). */
export function isForIssuer(token: VerifiedAccessToken): boolean {
  return token.audience.includes(token.app.issuer);
}

/** Verifies signature and expiry; null if invalid. Doesn't check whether the grant is active. */
export async function verifyAccessToken(
  token: string,
  accept: { expired?: boolean } = {},
): Promise<VerifiedAccessToken | null> {
  const verified = await verifyAccessJwt(token, accept);
  if (!verified) return null;
  const { app, payload } = verified;
  const clientId = text(payload.client_id);
  const audience = audienceOf(payload.aud);
  // A direct token has the app as its audience and client. An ID token has no client_id.
  if (audience.length === 0 || audience.includes(app.id) || !clientId || !payload.sub || !payload.jti) return null;
  return {
    app,
    jti: payload.jti,
    subject: payload.sub,
    clientId,
    scopes: (text(payload.scope) ?? "").split(" ").filter(Boolean),
    audience,
    jkt: text((payload.cnf as { jkt?: unknown } | undefined)?.jkt),
    grantId: text(payload.gid),
    grantClientId: text(payload.grant_client_id) ?? clientId,
    sessionId: text(payload.sid),
    issuedAt: payload.iat ?? 0,
    expiresAt: payload.exp ?? 0,
    claims: payload,
  };
}
