/** The JWT of a direct sign-in (RFC 9068): for the App's own backend, so its audience is the App. */
import { SignJWT } from "jose";
import type { App } from "../apps/apps";
import { getSigningKey } from "../apps/signing-keys";
import { nowSeconds } from "../clock";
import { newId } from "../ids";

export interface IssuedToken {
  token: string;
  expiresInSeconds: number;
}

export async function issueDirectToken(app: App, session: { id: string; userId: string }): Promise<IssuedToken> {
  const key = await getSigningKey(app.id, "ES256");
  const issuedAt = nowSeconds();
  const expiresInSeconds = app.settings.direct_token_ttl_seconds;
  const token = await new SignJWT({ client_id: app.id, sid: session.id })
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: "at+jwt" }) // RFC 9068 §2.1
    .setIssuer(app.issuer)
    .setAudience(app.id)
    .setSubject(session.userId)
    .setJti(newId("jti"))
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + expiresInSeconds)
    .sign(key.privateKey);
  return { token, expiresInSeconds };
}
