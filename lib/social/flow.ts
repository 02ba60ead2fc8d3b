/** The authorization code flow with a provider (RFC 6749 §4.1, RFC 7636, RFC 9207, OpenID Connect Core §3.1), once for all of them. */
import * as oauth from "oauth4webapi";
import type { App } from "../apps/apps";
import { env } from "../env";
import { isAppError } from "../errors";
import { log } from "../log";
import { type Connection, callbackUrl, openClientSecret } from "./connections";
import { failProvider, toSocialError } from "./failure";
import { PROVIDERS } from "./list";
import type { SocialProfile } from "./provider";
import { newProviderCall, type ProviderCall } from "./provider-call";
import { issueState, type NewState, type StateSecrets } from "./state";

/** On what others sign. */
const CLOCK_TOLERANCE_SECONDS = 60;

async function asked<T>(connection: Connection, ask: (call: ProviderCall) => Promise<T>): Promise<T> {
  try {
    return await ask(newProviderCall());
  } catch (thrown) {
    if (isAppError(thrown)) throw thrown;
    log().warn({ err: thrown, connection: connection.connection }, "a provider did not answer as it should");
    throw toSocialError(thrown, connection.label);
  }
}

function scopesOf(connection: Connection): string {
  const openid = PROVIDERS[connection.provider].openid && !connection.scopes.includes("openid") ? ["openid"] : [];
  return [...openid, ...connection.scopes].join(" ");
}

/** Where a browser is sent must be a page on the web, whatever a discovery document says. */
function authorizationEndpoint(server: oauth.AuthorizationServer): URL {
  const url = URL.canParse(server.authorization_endpoint ?? "") ? new URL(server.authorization_endpoint ?? "") : null;
  const allowed = env().allowLoopback ? ["https:", "http:"] : ["https:"];
  return url && allowed.includes(url.protocol)
    ? url
    : failProvider("its metadata has no usable authorization_endpoint");
}

/** → the provider's page that this browser is to be sent to. `anew`: a session at the provider is not enough. */
export async function startSocial(
  app: App,
  connection: Connection,
  given: Omit<NewState, "connection"> & { anew?: boolean },
): Promise<URL> {
  const provider = PROVIDERS[connection.provider];
  const url = await asked(connection, async (call) => authorizationEndpoint(await provider.server(connection, call)));
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
    ...(given.anew && provider.anew),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url;
}

function clientAuthentication(server: oauth.AuthorizationServer, connection: Connection): oauth.ClientAuth {
  const secret = openClientSecret(connection);
  if (secret === null) return oauth.None();
  // RFC 8414 §2: basic, unless the metadata says otherwise.
  const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  const basic = methods.includes("client_secret_basic") || !methods.includes("client_secret_post");
  return basic ? oauth.ClientSecretBasic(secret) : oauth.ClientSecretPost(secret);
}

/** GitHub began to send `iss` one day; what a server of the same make sends from its own address is not known here. */
function answered(connection: Connection, answer: URLSearchParams): URLSearchParams {
  const parameters = new URLSearchParams(answer);
  const { openid } = PROVIDERS[connection.provider];
  if (!openid && connection.authorization_url && !connection.issuer) parameters.delete("iss");
  return parameters;
}

/** Exchanges the code of the provider's answer, and asks who it is. */
export function finishSocial(
  app: App,
  connection: Connection,
  secrets: StateSecrets,
  answer: URLSearchParams,
): Promise<SocialProfile> {
  const provider = PROVIDERS[connection.provider];
  return asked(connection, async (call) => {
    const server = await provider.server(connection, call);
    const client: oauth.Client = { client_id: connection.client_id, [oauth.clockTolerance]: CLOCK_TOLERANCE_SECONDS };
    const parameters = oauth.validateAuthResponse(server, client, answered(connection, answer), secrets.state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      clientAuthentication(server, connection),
      parameters,
      callbackUrl(app.id, connection.connection),
      secrets.codeVerifier,
      call,
    );
    // OIDC Core §3.1.3.7: iss, aud, azp, exp, iat, nonce, alg; then the signature, even though it came by TLS.
    const expected = provider.openid ? { expectedNonce: secrets.nonce, requireIdToken: true } : {};
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, expected);
    if (provider.openid) await oauth.validateApplicationLevelSignature(server, response, call);
    return provider.profile({ server, client, tokens, call }, connection);
  });
}
