/** iOS: AppAuth in Swift. */
import { quoted, type SnippetValues } from "./snippet";

export function appAuthForIos({ issuer, client, redirectUri, scope }: SnippetValues): string {
  const scopes = scope.split(" ").map(quoted).join(", ");
  return `// Swift, with AppAuth: https://github.com/openid/AppAuth-iOS
import AppAuth

let issuer = URL(string: ${quoted(issuer)})!
OIDAuthorizationService.discoverConfiguration(forIssuer: issuer) { configuration, error in
  guard let configuration else { return }
  // AppAuth adds PKCE, state and nonce.
  let request = OIDAuthorizationRequest(
    configuration: configuration,
    clientId: ${quoted(client.id)},
    clientSecret: nil,
    scopes: [${scopes}],
    redirectURL: URL(string: ${quoted(redirectUri)})!,
    responseType: OIDResponseTypeCode,
    additionalParameters: nil)
  self.flow = OIDAuthState.authState(byPresenting: request, presenting: self) { state, error in
    self.authState = state // state?.lastTokenResponse?.accessToken
  }
}`;
}
