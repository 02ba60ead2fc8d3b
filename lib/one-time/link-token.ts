/**
 * The token of an emailed link: a JWT whose `jti` is a one-time secret. It is signed with its own
 * key, which is in no JWKS, and has its own `typ` and audience, so that it can't be confused with
 * another JWT (RFC 8725 §3.11, §3.12). A damaged link costs no query.
 */
import { jwtVerify, SignJWT } from "jose";
import { currentKeyVersion, deriveKey } from "../crypto/master-key";
import type { IssuedOneTime } from "./one-time";
import type { Purpose } from "./payloads";

/** What a link needs of its app. */
export interface LinkIssuer {
  id: string;
  issuer: string;
}

function typOf(purpose: Purpose): string {
  return `${purpose.replaceAll("_", "-")}+jwt`;
}

function audienceOf(app: LinkIssuer): string {
  return `${app.issuer}#mail`;
}

export function signLinkToken(
  app: LinkIssuer,
  purpose: Purpose,
  issued: Pick<IssuedOneTime, "secret" | "expiresAt">,
): Promise<string> {
  const version = currentKeyVersion();
  return new SignJWT({ jti: issued.secret })
    .setProtectedHeader({ alg: "HS256", typ: typOf(purpose), kid: String(version) })
    .setIssuer(app.issuer)
    .setAudience(audienceOf(app))
    .setExpirationTime(issued.expiresAt)
    .sign(deriveKey("mail-links", app.id, version));
}

/**
 * The one-time secret in a link of this app and purpose, or null. An expired token is accepted: the
 * database reports "used" before "expired".
 */
export async function verifyLinkToken(app: LinkIssuer, purpose: Purpose, token: string): Promise<string | null> {
  if (token.length > 1024) return null;
  try {
    const { payload } = await jwtVerify(token, ({ kid }) => deriveKey("mail-links", app.id, Number(kid)), {
      algorithms: ["HS256"],
      typ: typOf(purpose),
      issuer: app.issuer,
      audience: audienceOf(app),
      requiredClaims: ["jti", "exp"],
      currentDate: new Date(0),
    });
    return payload.jti ?? null;
  } catch {
    return null;
  }
}
