/** A relying party made with openid-client, which does the steps itself. */
import * as oidc from "openid-client";
import type { Connection, Registration, Tokens } from "./relying-party";

export async function connectByOpenidClient(registration: Registration): Promise<Connection> {
  const { clientId, clientSecret, redirectUri, goodbyeUri } = registration;
  const authentication = clientSecret ? oidc.ClientSecretPost(clientSecret) : oidc.None();
  // The tests use plain HTTP. The signatures of ID tokens are verified, too.
  const execute = [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks];
  const issuer = new URL(registration.issuer);
  const config = await oidc.discovery(issuer, clientId, clientSecret, authentication, { execute });

  function tokensOf(answer: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers, before?: Tokens): Tokens {
    return {
      accessToken: answer.access_token,
      refreshToken: answer.refresh_token ?? before?.refreshToken,
      idToken: answer.id_token,
      scope: answer.scope,
      claims: { ...answer.claims() },
    };
  }

  return {
    async authorizationUrl(scope, { verifier, state, nonce }) {
      const code_challenge = await oidc.calculatePKCECodeChallenge(verifier);
      const proof = { code_challenge, code_challenge_method: "S256", state, nonce };
      return oidc.buildAuthorizationUrl(config, { redirect_uri: redirectUri, scope, ...proof });
    },
    async exchange(callback, { verifier, state, nonce }) {
      const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
      return tokensOf(await oidc.authorizationCodeGrant(config, callback, checks));
    },
    userinfo: ({ accessToken, claims }) => oidc.fetchUserInfo(config, accessToken, String(claims.sub)),
    refresh: async (before) => tokensOf(await oidc.refreshTokenGrant(config, before.refreshToken ?? ""), before),
    introspect: async (token) => ({ ...(await oidc.tokenIntrospection(config, token)) }),
    revoke: (token) => oidc.tokenRevocation(config, token),
    goodbyeUrl: (idToken, state) =>
      oidc.buildEndSessionUrl(config, { id_token_hint: idToken, post_logout_redirect_uri: goodbyeUri, state }),
  };
}
