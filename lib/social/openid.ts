/** What all OpenID providers share: discovery, and the claims of a person (OpenID Connect Core §2, §5.1). */
import { LRUCache } from "lru-cache";
import * as oauth from "oauth4webapi";
import { processState } from "../process-state";
import type { Connection } from "./connections";
import { type Received, readClaims, readEmail, readSubject, type SocialProfile, SpokenBoolean } from "./provider";
import type { ProviderCall } from "./provider-call";

const KEPT_MS = 3_600_000;

/** By issuer and overrides. The object stays the same, and with it the keys that oauth4webapi remembers for it. */
const servers = processState(
  "openid-servers",
  () => new LRUCache<string, Promise<oauth.AuthorizationServer>>({ max: 500, ttl: KEPT_MS }),
);

/** OpenID Connect Discovery §4. What the owner of the App says about an endpoint counts more. */
async function discover(issuer: string, connection: Connection, call: ProviderCall) {
  const url = new URL(issuer);
  const found = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, call));
  return withOverrides(found, connection);
}

function withOverrides(server: oauth.AuthorizationServer, connection: Connection): oauth.AuthorizationServer {
  const { authorization_url, token_url, api_url } = connection;
  return {
    ...server,
    ...(authorization_url && { authorization_endpoint: authorization_url }),
    ...(token_url && { token_endpoint: token_url }),
    ...(api_url && { userinfo_endpoint: api_url }),
  };
}

/** `known` is what needs no discovery: a provider whose metadata has been the same for years. */
export function openidServer(
  connection: Connection,
  call: ProviderCall,
  known?: oauth.AuthorizationServer,
): Promise<oauth.AuthorizationServer> {
  const issuer = connection.issuer ?? known?.issuer ?? "";
  const key = JSON.stringify([issuer, connection.authorization_url, connection.token_url, connection.api_url]);
  const kept = servers.get(key);
  if (kept) return kept;
  const found =
    known && issuer === known.issuer
      ? Promise.resolve(withOverrides(known, connection))
      : discover(issuer, connection, call);
  servers.set(key, found);
  // A failure is not kept: the next one may find the provider well again.
  found.catch(() => servers.get(key) === found && servers.delete(key));
  return found;
}

type Claims = Record<string, unknown>;

async function userinfo({ server, client, tokens, call }: Received, subject: string): Promise<Claims> {
  if (!server.userinfo_endpoint) return {};
  const answer = await oauth.userInfoRequest(server, client, tokens.access_token, call);
  const claims = await oauth.processUserInfoResponse(server, client, subject, answer); // OIDC Core §5.3.2: the same `sub`
  if (answer.headers.get("content-type")?.startsWith("application/jwt"))
    await oauth.validateApplicationLevelSignature(server, answer, call);
  return claims as Claims;
}

/** From the ID token; what it leaves out, from the userinfo endpoint. */
export async function openidProfile(received: Received): Promise<SocialProfile> {
  const token = (oauth.getValidatedIdTokenClaims(received.tokens) ?? {}) as Claims;
  const subject = readSubject(token.sub);
  const complete = token.email !== undefined && token.name !== undefined;
  const more = complete ? {} : await userinfo(received, subject);
  // An address and whether it is verified come from the same answer.
  const source = token.email === undefined ? more : token;
  const email = readEmail(source.email);
  return {
    issuer: received.server.issuer,
    subject,
    email,
    emailVerified: email !== null && SpokenBoolean.safeParse(source.email_verified).data === true,
    claims: readClaims({ ...more, ...token }),
  };
}
