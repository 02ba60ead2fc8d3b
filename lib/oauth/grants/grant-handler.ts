/** Grant handler interface and token response (RFC 6749 §4, §5.1). */
import type { App } from "../../apps/apps";
import { readCustomClaims } from "../../claims/custom-claims";
import { writeRefreshToken } from "../../refresh/token";
import type { OidcUser } from "../../users/user-views";
import type { ClaimsRequest } from "../claims";
import type { Client } from "../clients/client";
import type { Parameters } from "../parameters";
import { type Target, tokenTarget } from "../resources/audience";
import type { Resource } from "../resources/resource";
import { issueAccessToken } from "../tokens/access-token";
import { issueIdToken } from "../tokens/id-token";

export interface GrantRequest {
  app: App;
  /** Authenticated, and allowed this grant type. */
  client: Client;
  parameters: Parameters;
  /** All resources of the app. */
  resources: Resource[];
  /** The verified DPoP proof of the request (RFC 9449 §5). */
  proof: { jkt: string } | null;
}

/** RFC 9449 §5: a token that is bound to a key isn't a bearer token. */
export function tokenType({ proof }: Pick<GrantRequest, "proof">): TokenResponse["token_type"] {
  return proof ? "DPoP" : "Bearer";
}

/** RFC 6749 §5.1, OIDC Core §3.1.3.3 */
export interface TokenResponse {
  access_token: string;
  token_type: "Bearer" | "DPoP";
  expires_in: number;
  scope: string;
  refresh_token?: string;
  id_token?: string;
}

export interface GrantHandler {
  issue(request: GrantRequest): Promise<TokenResponse>;
}

/** A user's grant in the database. */
export interface UserGrant {
  id: string;
  salt: Uint8Array;
  counter: number;
  subject: string;
  sessionId: string | null;
  /** The session that the ID tokens name: the one in which the grant was created. */
  sid: string | null;
  authTime: Date;
  acr: string | null;
  amr: string[];
  claims: ClaimsRequest | null;
  user: OidcUser;
}

/** The current refresh token of a grant. */
export function refreshTokenFor({ app, client }: Pick<GrantRequest, "app" | "client">, grant: UserGrant): string {
  const family = { appId: app.id, familyId: grant.id, clientId: client.id, salt: grant.salt };
  return writeRefreshToken(family, grant.counter);
}

interface IssueOptions {
  /** What was granted, with the scopes that this request asks for. */
  target: Target;
  /** The resources that this request names, to narrow the access token; null if it names none. */
  requested: string[] | null;
  refresh: string | undefined;
  nonce?: string | null;
}

/** Issues the tokens of a user's grant. Only the code exchange passes a `nonce`. */
export async function issueUserTokens(
  request: Pick<GrantRequest, "app" | "client" | "proof" | "resources">,
  grant: UserGrant,
  options: IssueOptions,
): Promise<TokenResponse> {
  // No spread: V8 is slow with objects of varying shapes, and every token request runs this code.
  const { app, client } = request;
  const { id: grantId, subject, user, claims, sessionId, sid, authTime, acr, amr } = grant;
  const { refresh, nonce } = options;
  const { scopes } = options.target;
  const target = tokenTarget(app, request.resources, options.target, options.requested);
  const jkt = request.proof?.jkt;
  const custom = await readCustomClaims(app, user.id, ["access_token", "id_token"]);
  const access = await issueAccessToken(app, client, {
    subject,
    scopes: target.scopes,
    audience: target.audience,
    ttlSeconds: target.ttlSeconds,
    grantId,
    sessionId,
    authTime,
    acr,
    amr,
    jkt,
    extra: custom?.("access_token", target.scopes),
  });
  const said = {
    subject,
    user,
    scopes,
    sessionId: sid,
    authTime,
    acr,
    amr,
    nonce,
    claims,
    extra: custom?.("id_token", scopes),
  };
  return {
    access_token: access.token,
    token_type: tokenType(request),
    expires_in: access.expiresInSeconds,
    scope: target.scopes.join(" "),
    refresh_token: refresh,
    id_token: scopes.includes("openid") ? await issueIdToken(app, client, said, access.token) : undefined,
  };
}

/** Idle timeout and maximum lifetime of a grant. */
export function grantLifetimes(app: App, client: Client): { idleSeconds: number; absoluteSeconds: number } {
  const absoluteSeconds = client.refresh_absolute_ttl_seconds ?? app.settings.session_ttl_seconds;
  const idleSeconds = client.refresh_idle_ttl_seconds ?? app.settings.session_idle_ttl_seconds;
  return { idleSeconds: Math.min(idleSeconds, absoluteSeconds), absoluteSeconds };
}

/** OIDC Core §11: an OpenID request needs offline_access to receive a refresh token. */
export function receivesRefreshToken(client: Client, scopes: string[]): boolean {
  return (
    client.grant_types.includes("refresh_token") && (scopes.includes("offline_access") || !scopes.includes("openid"))
  );
}
