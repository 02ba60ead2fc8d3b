/** Node.js: openid-client for the authorization code flow, fetch for client credentials. */
import { quoted, type SnippetValues } from "./snippet";

function discoveryArguments({ issuer, client }: SnippetValues): string {
  const usesBasic = client.token_endpoint_auth_method === "client_secret_basic";
  const authentication = usesBasic
    ? "oidc.ClientSecretBasic(process.env.CLIENT_SECRET)"
    : client.public
      ? "oidc.None()"
      : "undefined";
  // openid-client rejects plain http by default.
  const options = issuer.startsWith("http:")
    ? ["{ execute: [oidc.allowInsecureRequests] }, // only for http://localhost"]
    : [];
  const required = [
    `new URL(${quoted(issuer)}),`,
    `${quoted(client.id)},`,
    client.public ? "undefined," : "process.env.CLIENT_SECRET,",
  ];
  const optional = options.length > 0 || authentication !== "undefined" ? [`${authentication},`, ...options] : [];
  return [...required, ...optional].map((line) => `  ${line}\n`).join("");
}

export function openidClient(values: SnippetValues): string {
  const { redirectUri, scope, isOpenid } = values;
  return `// npm install openid-client
import * as oidc from "openid-client";

const config = await oidc.discovery(
${discoveryArguments(values)});

// 1. Store ${isOpenid ? "verifier, state and nonce" : "verifier and state"} in the session, and redirect the browser to \`url\`.
const verifier = oidc.randomPKCECodeVerifier();
const state = oidc.randomState();${isOpenid ? "\nconst nonce = oidc.randomNonce();" : ""}
const url = oidc.buildAuthorizationUrl(config, {
  redirect_uri: ${quoted(redirectUri)},
  scope: ${quoted(scope)},
  code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
  code_challenge_method: "S256",
  state,${isOpenid ? "\n  nonce," : ""}
});

// 2. Foyer redirects to the redirect URI. \`currentUrl\` is the full URL of that request.
const tokens = await oidc.authorizationCodeGrant(config, new URL(currentUrl), {
  pkceCodeVerifier: verifier,
  expectedState: state,${isOpenid ? "\n  expectedNonce: nonce," : ""}
});${isOpenid ? "\nconst user = await oidc.fetchUserInfo(config, tokens.access_token, tokens.claims().sub);" : ""}`;
}

export function fetchClientCredentials({ issuer, client, scope }: SnippetValues): string {
  const inBody = client.token_endpoint_auth_method === "client_secret_post";
  const header = `Authorization: \`Basic \${btoa(\`${client.id}:\${process.env.CLIENT_SECRET}\`)}\``;
  const credentials = `\n    client_id: ${quoted(client.id)},\n    client_secret: process.env.CLIENT_SECRET,`;
  return `const response = await fetch(${quoted(`${issuer}/token`)}, {
  method: "POST",${inBody ? "" : `\n  headers: { ${header} },`}
  body: new URLSearchParams({
    grant_type: "client_credentials",${scope ? `\n    scope: ${quoted(scope)},` : ""}${inBody ? credentials : ""}
  }),
});
const { access_token, expires_in } = await response.json(); // reuse the token until it expires`;
}
