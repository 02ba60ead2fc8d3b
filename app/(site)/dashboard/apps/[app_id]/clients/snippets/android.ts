/** Android: AppAuth in Kotlin. */
import type { SnippetValues } from "./snippet";

/** A Kotlin string literal, in which $ would begin a variable. */
function kotlinString(text: string): string {
  return JSON.stringify(text).replaceAll("$", "\\$");
}

export function appAuthForAndroid({ issuer, client, redirectUri, scope }: SnippetValues): string {
  return `// Kotlin, with AppAuth: https://github.com/openid/AppAuth-Android
AuthorizationServiceConfiguration.fetchFromIssuer(Uri.parse(${kotlinString(issuer)})) { configuration, _ ->
  if (configuration == null) return@fetchFromIssuer
  // AppAuth adds PKCE, state and nonce.
  val request = AuthorizationRequest.Builder(
    configuration,
    ${kotlinString(client.id)},
    ResponseTypeValues.CODE,
    Uri.parse(${kotlinString(redirectUri)}),
  ).setScope(${kotlinString(scope)}).build()
  signIn.launch(AuthorizationService(this).getAuthorizationRequestIntent(request))
}`;
}
