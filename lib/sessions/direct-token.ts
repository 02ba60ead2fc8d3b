/** The JWT of a direct sign-in (RFC 9068): for the App's own backend, so its audience is the App. */
import type { App } from "../apps/apps";
import { signJwt, verifyJwt } from "../apps/jwt";
import { newId } from "../ids";
import { metrics } from "../metrics";

export const ACCESS_TOKEN_TYP = "at+jwt"; // RFC 9068 §2.1

export interface IssuedToken {
  token: string;
  expiresInSeconds: number;
}

export async function issueDirectToken(
  app: App,
  session: { id: string; userId: string },
  expiresInSeconds: number,
): Promise<IssuedToken> {
  const claims = { aud: app.id, client_id: app.id, sub: session.userId, sid: session.id, jti: newId("jti") };
  const token = await signJwt(app, claims, { typ: ACCESS_TOKEN_TYP, alg: "ES256", ttlSeconds: expiresInSeconds });
  metrics().tokens.inc({ grant: "direct" });
  return { token, expiresInSeconds };
}

export interface DirectTokenFacts {
  app: App;
  userId: string;
  sessionId: string;
  jti: string;
}

/** What a genuine, unexpired direct token says, or null. Whether its session still lives is the database's to say. */
export async function verifyDirectToken(token: string): Promise<DirectTokenFacts | null> {
  const verified = await verifyJwt(token, ACCESS_TOKEN_TYP);
  if (!verified) return null;
  const { app, payload } = verified;
  const { sub, sid, jti, aud, client_id } = payload;
  // An OAuth token's audience is never the App, so it cannot pass as a session of the App's backend.
  if (aud !== app.id || client_id !== app.id || typeof sub !== "string" || typeof sid !== "string" || !jti) return null;
  return { app, userId: sub, sessionId: sid, jti };
}
