/** OAuth access tokens: JWTs (RFC 9068), bound to a grant and a session. */
import { verifyAccessJwt } from "../../apps/access-token-jwt";
import type { App } from "../../apps/apps";
import { signJwt } from "../../apps/jwt";
import { newId } from "../../ids";
import type { Client } from "../clients/client";

/** The facts that an access token states. */
interface AccessFacts {
  subject: string;
  scopes: string[];
  /** Absent for the client credentials grant. */
  grantId?: string;
  sessionId?: string | null;
  authTime?: Date;
  acr?: string | null;
  amr?: string[];
}

export interface IssuedAccessToken {
  token: string;
  expiresInSeconds: number;
}

export async function issueAccessToken(app: App, client: Client, facts: AccessFacts): Promise<IssuedAccessToken> {
  const ttlSeconds = client.access_token_ttl_seconds ?? app.settings.oauth_token_ttl_seconds;
  // JSON omits undefined values.
  const claims = {
    // Never the app ID: the app's backend must not accept a client's token as a session.
    aud: app.issuer,
    client_id: client.id,
    sub: facts.subject,
    jti: newId("jti"),
    scope: facts.scopes.join(" "), // RFC 9068 §2.2.3
    gid: facts.grantId,
    sid: facts.sessionId ?? undefined,
    auth_time: facts.authTime && Math.floor(facts.authTime.getTime() / 1000),
    acr: facts.acr ?? undefined,
    amr: facts.amr?.length ? facts.amr : undefined,
  };
  const token = await signJwt(app, claims, { typ: app.settings.access_token_typ, alg: "ES256", ttlSeconds });
  return { token, expiresInSeconds: ttlSeconds };
}

export interface VerifiedAccessToken {
  app: App;
  jti: string;
  subject: string;
  clientId: string;
  scopes: string[];
  grantId: string | null;
  sessionId: string | null;
  issuedAt: number;
  expiresAt: number;
  claims: Record<string, unknown>;
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
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
  if (payload.aud !== app.issuer || !clientId || !payload.sub || !payload.jti) return null;
  return {
    app,
    jti: payload.jti,
    subject: payload.sub,
    clientId,
    scopes: (text(payload.scope) ?? "").split(" ").filter(Boolean),
    grantId: text(payload.gid),
    sessionId: text(payload.sid),
    issuedAt: payload.iat ?? 0,
    expiresAt: payload.exp ?? 0,
    claims: payload,
  };
}
