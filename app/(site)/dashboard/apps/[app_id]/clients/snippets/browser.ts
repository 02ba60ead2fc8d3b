/** Browser: oidc-client-ts. */
import { quoted, type SnippetValues } from "./snippet";

export function oidcClientTs({ issuer, client, redirectUri, scope }: SnippetValues): string {
  return `// npm install oidc-client-ts
import { UserManager } from "oidc-client-ts";

const manager = new UserManager({
  authority: ${quoted(issuer)},
  client_id: ${quoted(client.id)},
  redirect_uri: ${quoted(redirectUri)},
  scope: ${quoted(scope)},
});

// On a click: redirect to the sign-in page.
await manager.signinRedirect();

// On the page of the redirect URI: complete the sign-in.
const user = await manager.signinCallback();
console.log(user.profile.sub, user.access_token);`;
}
