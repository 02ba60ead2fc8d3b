/** Userinfo (OIDC Core §5.3) and /api/me for OAuth access tokens. */
import type { OidcUser } from "../../users/user-views";
import { userClaims } from "../claims";
import { oauthFail } from "../errors";
import { isForIssuer, type VerifiedAccessToken, verifyAccessToken } from "./access-token";
import { type ActiveToken, findActiveToken } from "./active-token";

/** RFC 6750 §3: the error in WWW-Authenticate, with the required scope. */
function failToken(code: "invalid_token" | "insufficient_scope", description: string, scope?: string): never {
  const wanted = scope ? `, scope="${scope}"` : "";
  oauthFail(code, description, {
    section: "RFC 6750 §3.1",
    headers: {
      "WWW-Authenticate": `Bearer realm="foyer", error="${code}", error_description="${description}"${wanted}`,
    },
  });
}

/** Verifies that a token is valid and active. `appId` is the app of the path, if it names one. */
export async function requireActiveToken(
  text: string,
  appId?: string,
): Promise<{ token: VerifiedAccessToken; active: ActiveToken }> {
  const token = await verifyAccessToken(text);
  if (!token || (appId && token.app.id !== appId))
    failToken("invalid_token", "The access token is malformed, expired or from another issuer. Get a new one");
  if (!isForIssuer(token))
    failToken("invalid_token", "The access token is for another resource. Request one whose audience is the issuer");
  const active = await findActiveToken(token);
  if (!active)
    failToken("invalid_token", "The access token is no longer active. Refresh it or start a new authorization");
  return { token, active };
}

export async function userinfo(text: string, appId?: string): Promise<Record<string, unknown>> {
  const { token, active } = await requireActiveToken(text, appId);
  if (!active.user || !token.scopes.includes("openid"))
    failToken(
      "insufficient_scope",
      "The access token lacks the scope openid. Request it in the authorization request",
      "openid",
    );
  return { sub: token.subject, ...userClaims(active.user, token.scopes, active.claims?.userinfo) };
}

/** `/api/me` for an OAuth token: claims by scope, like userinfo, but without the scope openid. */
export function scopedSelf(user: OidcUser, token: VerifiedAccessToken): Record<string, unknown> {
  return { id: token.subject, sub: token.subject, ...userClaims(user, token.scopes) };
}
