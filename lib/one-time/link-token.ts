/**
 * The token of an emailed link, short enough that no email program breaks it. Most are the one-time
 * secret itself. A magic link's is a JWT whose `jti` is the secret: signed with its own key per app,
 * which is in no JWKS and stands for issuer and audience, and with its own `typ`, so that it can't be
 * confused with another JWT (RFC 8725 §3.11, §3.12). A damaged link costs no query.
 */
import { jwtVerify, SignJWT } from "jose";
import { deriveKey, keyVersions } from "../crypto/master-key";
import { verifyEarlierToken } from "./earlier-link-token";
import type { IssuedOneTime } from "./one-time";
import type { Purpose } from "./payloads";

/** What a link needs of its app. */
export interface LinkIssuer {
  id: string;
  issuer: string;
}

const SECRET = /^[\w-]{43}$/;
const MAGIC_LINK_TYP = "magic-link+jwt";

function magicLinkKey(appId: string, version?: number): Buffer {
  return deriveKey("magic-links", appId, version);
}

export async function createLinkToken(
  app: LinkIssuer,
  purpose: Purpose,
  { secret, expiresAt }: Pick<IssuedOneTime, "secret" | "expiresAt">,
): Promise<string> {
  if (purpose !== "magic_link") return secret;
  return new SignJWT({ jti: secret })
    .setProtectedHeader({ alg: "HS256", typ: MAGIC_LINK_TYP })
    .setExpirationTime(expiresAt)
    .sign(magicLinkKey(app.id));
}

async function verifyMagicLinkToken(key: Buffer, token: string): Promise<string | null> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ["HS256"],
      typ: MAGIC_LINK_TYP,
      requiredClaims: ["jti", "exp"],
      // An expired token is accepted: the database reports "used" before "expired".
      currentDate: new Date(0),
    });
    return payload.jti ?? null;
  } catch {
    return null;
  }
}

/** Programs that find links in a text may take a bracket or a full stop for a part of them. */
function withoutPunctuation(token: string): string {
  return token.replace(/[.,;:!?)>\]}'"]+$/, "");
}

/** The one-time secret in a link of this app and purpose, or null. */
export async function readLinkToken(app: LinkIssuer, purpose: Purpose, sent: string): Promise<string | null> {
  if (sent.length > 1024) return null;
  const token = withoutPunctuation(sent);
  if (purpose !== "magic_link" && SECRET.test(token)) return token;
  if (purpose === "magic_link") {
    for (const version of keyVersions()) {
      const secret = await verifyMagicLinkToken(magicLinkKey(app.id, version), token);
      if (secret) return secret;
    }
  }
  return verifyEarlierToken(app, purpose, token);
}
