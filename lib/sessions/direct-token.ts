/** Access token of a direct sign-in (RFC 9068). The audience is the app, whose backend uses it. */

import { verifyAccessJwt } from "../apps/access-token-jwt";
import type { App } from "../apps/apps";
import { signJwt } from "../apps/jwt";
import { newId } from "../ids";
import { metrics } from "../metrics";

export interface IssuedToken {
  token: string;
  expiresInSeconds: number;
}

export interface SignedInSession {
  id: string;
  userId: string;
  authTime: Date;
  acr: string | null;
  amr: string[];
}

export async function issueDirectToken(
  app: App,
  session: SignedInSession,
  expiresInSeconds: number,
  extra: Record<string, unknown> = {},
): Promise<IssuedToken> {
  // The names of custom claims are none of these.
  const { id: sid, userId: sub, amr } = session;
  const auth_time = Math.floor(session.authTime.getTime() / 1000);
  const acr = session.acr ?? undefined;
  const claims = { ...extra, aud: app.id, client_id: app.id, sub, sid, auth_time, acr, amr, jti: newId("jti") };
  const { access_token_typ: typ } = app.settings;
  const token = await signJwt(app, claims, { typ, alg: "ES256", ttlSeconds: expiresInSeconds });
  metrics().tokens.inc({ grant: "direct" });
  return { token, expiresInSeconds };
}

export interface DirectTokenFacts {
  app: App;
  userId: string;
  sessionId: string;
  jti: string;
}

/** Verifies signature, expiry and claims. Doesn't check that the session is still active. */
export async function verifyDirectToken(token: string): Promise<DirectTokenFacts | null> {
  const verified = await verifyAccessJwt(token);
  if (!verified) return null;
  const { app, payload } = verified;
  const { sub, sid, jti, aud, client_id } = payload;
  // The audience of an OAuth access token is never the app, so it isn't accepted here.
  if (aud !== app.id || client_id !== app.id || typeof sub !== "string" || typeof sid !== "string" || !jti) return null;
  return { app, userId: sub, sessionId: sid, jti };
}
