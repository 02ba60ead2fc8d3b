/** Userinfo (OIDC Core §5.3) and /api/me for OAuth access tokens. */
import { signClaims } from "../../apps/jwt";
import { readCustomClaims } from "../../claims/custom-claims";
import type { OidcUser } from "../../users/user-views";
import { userClaims } from "../claims";
import { findClient } from "../clients/clients";
import type { SentRequest } from "../dpop/request";
import { failToken, type PresentedToken, requireSender } from "../dpop/resource";
import { isForIssuer, type VerifiedAccessToken, verifyAccessToken } from "./access-token";
import { type ActiveToken, findActiveToken } from "./active-token";

/** Verifies that a token is valid and active, and that its sender may use it. `appId` is the app of the path, if it names one. */
async function requireActiveToken(
  presented: PresentedToken,
  sent: SentRequest,
  appId: string | undefined,
): Promise<{ token: VerifiedAccessToken; active: ActiveToken }> {
  const { scheme, text } = presented;
  const token = await verifyAccessToken(text);
  if (!token || (appId && token.app.id !== appId))
    failToken(scheme, "invalid_token", "The access token is malformed, expired or from another issuer. Get a new one");
  if (!isForIssuer(token))
    failToken(
      scheme,
      "invalid_token",
      "The access token is for another resource. Request one whose audience is the issuer",
    );
  // At once, so that the check of a proof takes no further time.
  const [active] = await Promise.all([findActiveToken(token), requireSender(token, presented, sent)]);
  if (!active)
    failToken(scheme, "invalid_token", "The access token is no longer active. Refresh it or start a new authorization");
  return { token, active };
}

export interface UserInfo {
  token: VerifiedAccessToken;
  claims: Record<string, unknown>;
}

export async function userinfo(presented: PresentedToken, sent: SentRequest, appId?: string): Promise<UserInfo> {
  const { token, active } = await requireActiveToken(presented, sent, appId);
  if (!active.user || !token.scopes.includes("openid"))
    failToken(
      presented.scheme,
      "insufficient_scope",
      "The access token lacks the scope openid. Request it in the authorization request",
      { scope: "openid" },
    );
  const custom = await readCustomClaims(token.app, active.user.id, ["userinfo"]);
  const standard = userClaims(active.user, token.scopes, active.claims?.userinfo);
  const claims = { ...custom?.("userinfo", token.scopes), sub: token.subject, ...standard };
  return { token, claims };
}

/** OIDC Core §5.3.2: a response as JWT, if the client has an algorithm for it. null: plain JSON. */
export async function signedUserinfo({ token, claims }: UserInfo): Promise<string | null> {
  const { app, clientId } = token;
  const alg = (await findClient(app.id, clientId))?.userinfo_signed_response_alg;
  return alg ? signClaims(app, { iss: app.issuer, aud: clientId, ...claims }, { typ: "JWT", alg }) : null;
}

/** `/api/me` for an OAuth token: claims by scope, like userinfo, but without the scope openid. */
export async function scopedSelf(user: OidcUser, token: VerifiedAccessToken): Promise<Record<string, unknown>> {
  const custom = await readCustomClaims(token.app, user.id, ["userinfo"]);
  const standard = userClaims(user, token.scopes);
  return { id: token.subject, sub: token.subject, ...standard, ...custom?.("userinfo", token.scopes) };
}
