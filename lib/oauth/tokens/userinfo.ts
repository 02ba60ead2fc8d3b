/** What an access token shows of its user: userinfo (OIDC Core §5.3) and /api/me. */
import type { OidcUser } from "../../users/user-views";
import { userClaims } from "../claims";
import { oauthFail } from "../errors";
import { type VerifiedAccessToken, verifyAccessToken } from "./access-token";
import { type ActiveToken, findActiveToken } from "./active-token";

/** RFC 6750 §3: what is wrong with the token, and which scope would do. */
function failToken(code: "invalid_token" | "insufficient_scope", description: string, scope?: string): never {
  const wanted = scope ? `, scope="${scope}"` : "";
  oauthFail(code, description, {
    section: "RFC 6750 §3.1",
    headers: {
      "WWW-Authenticate": `Bearer realm="foyer", error="${code}", error_description="${description}"${wanted}`,
    },
  });
}

/** A genuine token whose grant lives; `appId` is the App of the path, if it names one. */
export async function requireActiveToken(
  text: string,
  appId?: string,
): Promise<{ token: VerifiedAccessToken; live: ActiveToken }> {
  const token = await verifyAccessToken(text);
  if (!token || (appId && token.app.id !== appId))
    failToken("invalid_token", "The token is malformed, expired or not one of ours");
  const live = await findActiveToken(token);
  if (!live) failToken("invalid_token", "The token was revoked, or what it stood on has ended");
  return { token, live };
}

export async function userinfo(text: string, appId?: string): Promise<Record<string, unknown>> {
  const { token, live } = await requireActiveToken(text, appId);
  if (!live.user || !token.scopes.includes("openid"))
    failToken("insufficient_scope", "Userinfo takes the scope openid", "openid");
  return { sub: token.subject, ...userClaims(live.user, token.scopes, live.claims?.userinfo) };
}

/** `/api/me` for an OAuth token: by scope, as userinfo, but without needing openid. */
export function scopedSelf(user: OidcUser, token: VerifiedAccessToken): Record<string, unknown> {
  return { id: token.subject, sub: token.subject, ...userClaims(user, token.scopes) };
}
