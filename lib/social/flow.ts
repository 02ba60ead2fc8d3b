/**
 * Authorization code flow with a sign-in provider (RFC 6749 §4.1, RFC 7636, RFC 9207, OpenID
 * Connect Core §3.1).
 */
import * as oauth from "oauth4webapi";
import type { App } from "../apps/apps";
import { env } from "../env";
import { isAppError } from "../errors";
import { limitSocialStarts } from "../limits/social";
import { log } from "../log";
import { type Connection, callbackUrl, openClientSecret } from "./connections";
import { failProvider, toSocialError } from "./failure";
import { PROVIDERS } from "./list";
import type { SocialProfile } from "./profile";
import { newProviderCall, type ProviderCall } from "./provider-call";
import { issueState, type NewState, type StateSecrets } from "./state";

/** For the times in ID tokens. */
const CLOCK_TOLERANCE_SECONDS = 60;

/**
 * Runs the requests of one sign-in under one deadline, and turns their failures into errors for the
 * app.
 */
async function callProvider<T>(connection: Connection, run: (call: ProviderCall) => Promise<T>): Promise<T> {
  try {
    return await run(newProviderCall());
  } catch (thrown) {
    if (isAppError(thrown)) throw thrown;
    log().warn({ err: thrown, connection: connection.connection }, "request to a sign-in provider failed");
    throw toSocialError(thrown, connection.label);
  }
}

function scopesOf(connection: Connection): string {
  const openid = PROVIDERS[connection.provider].openid && !connection.scopes.includes("openid") ? ["openid"] : [];
  return [...openid, ...connection.scopes].join(" ");
}

/** The user's browser is redirected there, so a discovery document must not name another scheme. */
function authorizationEndpoint(server: oauth.AuthorizationServer): URL {
  const url = URL.canParse(server.authorization_endpoint ?? "") ? new URL(server.authorization_endpoint ?? "") : null;
  const allowed = env().allowLoopback ? ["https:", "http:"] : ["https:"];
  return url && allowed.includes(url.protocol)
    ? url
    : failProvider("its metadata has no usable authorization_endpoint");
}

/**
 * Returns the authorization URL to redirect this browser to. `reauthenticate`: the provider must
 * not reuse a session.
 */
export async function startSocial(
  app: App,
  connection: Connection,
  given: Omit<NewState, "connection"> & { reauthenticate?: boolean },
): Promise<URL> {
  await limitSocialStarts(app.id);
  const provider = PROVIDERS[connection.provider];
  const url = await callProvider(connection, async (call) =>
    authorizationEndpoint(await provider.server(connection, call)),
  );
  const { state, codeVerifier, nonce } = await issueState(app.id, { connection: connection.connection, ...given });
  const parameters = {
    response_type: "code",
    client_id: connection.client_id,
    redirect_uri: callbackUrl(app.id, connection.connection),
    scope: scopesOf(connection),
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: "S256",
    ...(provider.openid && { nonce }),
    ...(given.reauthenticate && provider.reauthenticate),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url;
}

function clientAuthentication(server: oauth.AuthorizationServer, connection: Connection): oauth.ClientAuth {
  const secret = openClientSecret(connection);
  if (secret === null) return oauth.None();
  // RFC 8414 §2: client_secret_basic is the default.
  const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  const basic = methods.includes("client_secret_basic") || !methods.includes("client_secret_post");
  return basic ? oauth.ClientSecretBasic(secret) : oauth.ClientSecretPost(secret);
}

/**
 * GitHub sends `iss` (RFC 9207); the `iss` of a GitHub Enterprise server is unknown, so it isn't
 * compared.
 */
function authorizationResponse(connection: Connection, query: URLSearchParams): URLSearchParams {
  const parameters = new URLSearchParams(query);
  const { openid } = PROVIDERS[connection.provider];
  if (!openid && connection.authorization_url && !connection.issuer) parameters.delete("iss");
  return parameters;
}

/** Validates the authorization response, exchanges its code and reads the user's profile. */
export function finishSocial(
  app: App,
  connection: Connection,
  secrets: StateSecrets,
  query: URLSearchParams,
): Promise<SocialProfile> {
  const provider = PROVIDERS[connection.provider];
  return callProvider(connection, async (call) => {
    const server = await provider.server(connection, call);
    const client: oauth.Client = { client_id: connection.client_id, [oauth.clockTolerance]: CLOCK_TOLERANCE_SECONDS };
    const parameters = oauth.validateAuthResponse(
      server,
      client,
      authorizationResponse(connection, query),
      secrets.state,
    );
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      clientAuthentication(server, connection),
      parameters,
      callbackUrl(app.id, connection.connection),
      secrets.codeVerifier,
      call,
    );
    // OIDC Core §3.1.3.7: iss, aud, azp, exp, iat, nonce, alg; then the signature.
    const expected = provider.openid ? { expectedNonce: secrets.nonce, requireIdToken: true } : {};
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, expected);
    if (provider.openid) await oauth.validateApplicationLevelSignature(server, response, call);
    return provider.profile({ server, client, tokens, call }, connection);
  });
}
