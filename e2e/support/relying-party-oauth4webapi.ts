/** A relying party made with oauth4webapi, which leaves each step to its caller. */
import * as oauth from "oauth4webapi";
import type { Connection, Registration, Tokens } from "./relying-party";

// The tests use plain HTTP.
const options = { [oauth.allowInsecureRequests]: true };

export async function connectByOauth4webapi(registration: Registration): Promise<Connection> {
  const issuer = new URL(registration.issuer);
  const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options));
  const client: oauth.Client = { client_id: registration.clientId };
  const { clientSecret, redirectUri, goodbyeUri } = registration;
  const authentication = clientSecret ? oauth.ClientSecretBasic(clientSecret) : oauth.None();

  async function tokensOf(response: Response, answer: oauth.TokenEndpointResponse, before?: Tokens): Promise<Tokens> {
    if (answer.id_token) await oauth.validateApplicationLevelSignature(as, response, options);
    return {
      accessToken: answer.access_token,
      refreshToken: answer.refresh_token ?? before?.refreshToken,
      idToken: answer.id_token,
      scope: answer.scope,
      claims: { ...oauth.getValidatedIdTokenClaims(answer) },
    };
  }

  return {
    async authorizationUrl(scope, { verifier, state, nonce }) {
      const url = new URL(as.authorization_endpoint ?? "");
      const code_challenge = await oauth.calculatePKCECodeChallenge(verifier);
      const proof = { code_challenge, code_challenge_method: "S256", state, nonce };
      const asked = { client_id: client.client_id, redirect_uri: redirectUri, response_type: "code", scope, ...proof };
      url.search = new URLSearchParams(asked).toString();
      return url;
    },
    async exchange(callback, { verifier, state, nonce }) {
      const parameters = oauth.validateAuthResponse(as, client, callback, state);
      const args = [as, client, authentication, parameters, redirectUri, verifier, options] as const;
      const response = await oauth.authorizationCodeGrantRequest(...args);
      const expected = { expectedNonce: nonce, requireIdToken: true };
      return tokensOf(response, await oauth.processAuthorizationCodeResponse(as, client, response, expected));
    },
    async userinfo({ accessToken, claims }) {
      const response = await oauth.userInfoRequest(as, client, accessToken, options);
      return oauth.processUserInfoResponse(as, client, String(claims.sub), response);
    },
    async refresh(before) {
      const token = before.refreshToken ?? "";
      const response = await oauth.refreshTokenGrantRequest(as, client, authentication, token, options);
      return tokensOf(response, await oauth.processRefreshTokenResponse(as, client, response), before);
    },
    async introspect(token) {
      const response = await oauth.introspectionRequest(as, client, authentication, token, options);
      return { ...(await oauth.processIntrospectionResponse(as, client, response)) };
    },
    async revoke(token) {
      await oauth.processRevocationResponse(await oauth.revocationRequest(as, client, authentication, token, options));
    },
    goodbyeUrl(idToken, state) {
      const url = new URL(as.end_session_endpoint ?? "");
      const asked = { id_token_hint: idToken, post_logout_redirect_uri: goodbyeUri, state };
      url.search = new URLSearchParams(asked).toString();
      return url;
    },
  };
}
