/**
 * Discovery and profile of OpenID Connect providers (OpenID Connect Discovery §4, OpenID Connect
 * Core §5.1).
 */
import { LRUCache } from "lru-cache";
import * as oauth from "oauth4webapi";
import { processState } from "../process-state";
import { isTrueClaim, readClaims, readEmail, readSubject, type SocialProfile } from "./profile";
import type { EndpointOverrides, TokenResult } from "./provider";
import type { ProviderCall } from "./provider-call";

const METADATA_TTL_MS = 3_600_000;

/**
 * Keyed by issuer and overrides. oauth4webapi caches an issuer's signing keys per metadata object.
 */
const servers = processState(
  "openid-servers",
  () => new LRUCache<string, Promise<oauth.AuthorizationServer>>({ max: 500, ttl: METADATA_TTL_MS }),
);

async function discover(issuer: string, endpoints: EndpointOverrides, call: ProviderCall) {
  const url = new URL(issuer);
  const metadata = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, call));
  return withOverrides(metadata, endpoints);
}

function withOverrides(server: oauth.AuthorizationServer, endpoints: EndpointOverrides): oauth.AuthorizationServer {
  const { authorization_url, token_url, api_url } = endpoints;
  return {
    ...server,
    ...(authorization_url && { authorization_endpoint: authorization_url }),
    ...(token_url && { token_endpoint: token_url }),
    ...(api_url && { userinfo_endpoint: api_url }),
  };
}

/**
 * `builtIn` is the metadata of a provider that needs no discovery, unless the connection names
 * another issuer.
 */
export function openidServer(
  endpoints: EndpointOverrides,
  call: ProviderCall,
  builtIn?: oauth.AuthorizationServer,
): Promise<oauth.AuthorizationServer> {
  const { authorization_url, token_url, api_url } = endpoints;
  const issuer = endpoints.issuer ?? builtIn?.issuer ?? "";
  const key = JSON.stringify([issuer, authorization_url, token_url, api_url]);
  const cached = servers.get(key);
  if (cached) return cached;
  const server =
    builtIn && issuer === builtIn.issuer
      ? Promise.resolve(withOverrides(builtIn, endpoints))
      : discover(issuer, endpoints, call);
  servers.set(key, server);
  // A failed discovery isn't cached: the next sign-in tries again.
  server.catch(() => servers.get(key) === server && servers.delete(key));
  return server;
}

type Claims = Record<string, unknown>;

async function fetchUserinfo({ server, client, tokens, call }: TokenResult, subject: string): Promise<Claims> {
  if (!server.userinfo_endpoint) return {};
  const response = await oauth.userInfoRequest(server, client, tokens.access_token, call);
  // OIDC Core §5.3.2: `sub` must be the ID token's.
  const claims = await oauth.processUserInfoResponse(server, client, subject, response);
  if (response.headers.get("content-type")?.startsWith("application/jwt"))
    await oauth.validateApplicationLevelSignature(server, response, call);
  return claims as Claims;
}

/** Reads the ID token, and the userinfo endpoint only if email or name are missing from it. */
export async function openidProfile(result: TokenResult): Promise<SocialProfile> {
  const token = (oauth.getValidatedIdTokenClaims(result.tokens) ?? {}) as Claims;
  const subject = readSubject(token.sub);
  const complete = token.email !== undefined && token.name !== undefined;
  const userinfo = complete ? {} : await fetchUserinfo(result, subject);
  // `email` and `email_verified` must come from the same response.
  const source = token.email === undefined ? userinfo : token;
  const email = readEmail(source.email);
  return {
    issuer: result.server.issuer,
    subject,
    email,
    emailVerified: email !== null && isTrueClaim(source.email_verified),
    claims: readClaims({ ...userinfo, ...token }),
  };
}
