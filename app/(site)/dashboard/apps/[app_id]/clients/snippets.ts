/** How a client's developer begins: the usual library of each kind, with the client's own values, so that it runs as it is pasted. */
import type { Client } from "@/lib/oauth/clients/clients";
import { USER_SCOPES } from "@/lib/oauth/scopes/scopes";
import { typeOfClient } from "./types";

export interface Snippet {
  label: string;
  code: string;
}

type Known = Pick<
  Client,
  | "id"
  | "public"
  | "application_type"
  | "grant_types"
  | "redirect_uris"
  | "scopes"
  | "token_endpoint_auth_method"
  | "id_token_signed_response_alg"
>;

interface Facts {
  issuer: string;
  client: Known;
  redirectUri: string;
  scope: string;
  openid: boolean;
}

/** A string as JavaScript, Python and Swift write it. */
const quoted = (text: string) => JSON.stringify(text);
/** Kotlin would look for a variable. */
const kotlin = (text: string) => JSON.stringify(text).replaceAll("$", "\\$");
const shell = (text: string) => (/^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

function openidClientConfig({ issuer, client }: Facts): string {
  const known = [
    `new URL(${quoted(issuer)})`,
    quoted(client.id),
    client.public ? "undefined" : "process.env.CLIENT_SECRET",
  ];
  const basic = client.token_endpoint_auth_method === "client_secret_basic";
  const method = basic
    ? "oidc.ClientSecretBasic(process.env.CLIENT_SECRET)"
    : client.public
      ? "oidc.None()"
      : "undefined";
  // The library refuses plain http unless it is told otherwise.
  const insecure = issuer.startsWith("http:")
    ? ["{ execute: [oidc.allowInsecureRequests] }, // plain http is for this machine alone"]
    : [];
  const needed = [...known, ...(insecure.length > 0 || method !== "undefined" ? [method] : [])].map(
    (line) => `${line},`,
  );
  return [...needed, ...insecure].map((line) => `  ${line}\n`).join("");
}

function withOpenidClient(facts: Facts): string {
  const { redirectUri, scope, openid } = facts;
  return `// npm install openid-client
import * as oidc from "openid-client";

const config = await oidc.discovery(
${openidClientConfig(facts)});

// 1. Send the browser to \`address\`; keep the other ${openid ? "three" : "two"} in its session.
const verifier = oidc.randomPKCECodeVerifier();
const state = oidc.randomState();${openid ? "\nconst nonce = oidc.randomNonce();" : ""}
const address = oidc.buildAuthorizationUrl(config, {
  redirect_uri: ${quoted(redirectUri)},
  scope: ${quoted(scope)},
  code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
  code_challenge_method: "S256",
  state,${openid ? "\n  nonce," : ""}
});

// 2. It comes back to the redirect URI: \`returned\` is the whole address that was asked for.
const tokens = await oidc.authorizationCodeGrant(config, new URL(returned), {
  pkceCodeVerifier: verifier,
  expectedState: state,${openid ? "\n  expectedNonce: nonce," : ""}
});${openid ? "\nconst user = await oidc.fetchUserInfo(config, tokens.access_token, tokens.claims().sub);" : ""}`;
}

function withNextAuth({ issuer, client, scope }: Facts): string {
  const alg = client.id_token_signed_response_alg;
  return `// npm install next-auth
// pages/api/auth/[...nextauth].js; the redirect URI is https://<your site>/api/auth/callback/foyer
import NextAuth from "next-auth";

export default NextAuth({
  providers: [
    {
      id: "foyer",
      name: "Foyer",
      type: "oauth",
      wellKnown: ${quoted(`${issuer}/.well-known/openid-configuration`)},
      clientId: ${quoted(client.id)},
      clientSecret: process.env.CLIENT_SECRET,
      authorization: { params: { scope: ${quoted(scope)} } },${alg === "RS256" ? "" : `\n      client: { id_token_signed_response_alg: ${quoted(alg)} },`}
      checks: ["pkce", "state"],
      idToken: true,
      profile: ({ sub, name, email }) => ({ id: sub, name, email }),
    },
  ],
});`;
}

function withAuthlib({ issuer, client, redirectUri, scope }: Facts): string {
  return `# pip install authlib flask requests
import os
from authlib.integrations.flask_client import OAuth
from flask import Flask

app = Flask(__name__)
app.secret_key = os.environ["SESSION_SECRET"]
oauth = OAuth(app)
oauth.register(
    "foyer",
    client_id=${quoted(client.id)},
    client_secret=os.environ["CLIENT_SECRET"],
    server_metadata_url=${quoted(`${issuer}/.well-known/openid-configuration`)},
    client_kwargs={"scope": ${quoted(scope)}, "code_challenge_method": "S256"},
)

@app.get("/login")
def login():
    return oauth.foyer.authorize_redirect(${quoted(redirectUri)})

@app.get(${quoted(pathOf(redirectUri))})
def callback():
    token = oauth.foyer.authorize_access_token()
    return token["userinfo"]`;
}

function pathOf(uri: string): string {
  return URL.canParse(uri) ? new URL(uri).pathname : "/callback";
}

function withOidcClientTs({ issuer, client, redirectUri, scope }: Facts): string {
  return `// npm install oidc-client-ts
import { UserManager } from "oidc-client-ts";

const manager = new UserManager({
  authority: ${quoted(issuer)},
  client_id: ${quoted(client.id)},
  redirect_uri: ${quoted(redirectUri)},
  scope: ${quoted(scope)},
});

// On a click: to the sign-in, and back to the redirect URI.
await manager.signinRedirect();

// On the page of the redirect URI.
const user = await manager.signinCallback();
console.log(user.profile.sub, user.access_token);`;
}

function withAppAuthForIos({ issuer, client, redirectUri, scope }: Facts): string {
  const scopes = scope.split(" ").map(quoted).join(", ");
  return `// Swift, with AppAuth: https://github.com/openid/AppAuth-iOS
import AppAuth

let issuer = URL(string: ${quoted(issuer)})!
OIDAuthorizationService.discoverConfiguration(forIssuer: issuer) { configuration, error in
  guard let configuration else { return }
  // PKCE, state and nonce are added by themselves.
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

function withAppAuthForAndroid({ issuer, client, redirectUri, scope }: Facts): string {
  return `// Kotlin, with AppAuth: https://github.com/openid/AppAuth-Android
AuthorizationServiceConfiguration.fetchFromIssuer(Uri.parse(${kotlin(issuer)})) { configuration, _ ->
  if (configuration == null) return@fetchFromIssuer
  // PKCE, state and nonce are added by themselves.
  val request = AuthorizationRequest.Builder(
    configuration,
    ${kotlin(client.id)},
    ResponseTypeValues.CODE,
    Uri.parse(${kotlin(redirectUri)}),
  ).setScope(${kotlin(scope)}).build()
  signIn.launch(AuthorizationService(this).getAuthorizationRequestIntent(request))
}`;
}

function machineByCurl({ issuer, client, scope }: Facts): string {
  const proof =
    client.token_endpoint_auth_method === "client_secret_post"
      ? `  -d client_id=${client.id} -d client_secret="$CLIENT_SECRET" \\\n`
      : `  -u ${client.id}:"$CLIENT_SECRET" \\\n`;
  const wanted = scope ? ` --data-urlencode scope=${shell(scope)}` : "";
  return `export CLIENT_SECRET=foyer_cs_…
curl ${issuer}/token \\
${proof}  -d grant_type=client_credentials${wanted}`;
}

function machineByFetch({ issuer, client, scope }: Facts): string {
  const post = client.token_endpoint_auth_method === "client_secret_post";
  const header = `Authorization: \`Basic \${btoa(\`${client.id}:\${process.env.CLIENT_SECRET}\`)}\``;
  const inBody = post ? `\n    client_id: ${quoted(client.id)},\n    client_secret: process.env.CLIENT_SECRET,` : "";
  return `const answer = await fetch(${quoted(`${issuer}/token`)}, {
  method: "POST",${post ? "" : `\n  headers: { ${header} },`}
  body: new URLSearchParams({
    grant_type: "client_credentials",${scope ? `\n    scope: ${quoted(scope)},` : ""}${inBody}
  }),
});
const { access_token, expires_in } = await answer.json(); // keep it until it expires`;
}

const LIBRARIES: Record<ReturnType<typeof typeOfClient>["id"], [label: string, write: (facts: Facts) => string][]> = {
  web: [
    ["Node.js", withOpenidClient],
    ["Next.js", withNextAuth],
    ["Python", withAuthlib],
  ],
  spa: [["Browser", withOidcClientTs]],
  native: [
    ["iOS", withAppAuthForIos],
    ["Android", withAppAuthForAndroid],
    ["Command line", withOpenidClient],
  ],
  machine: [
    ["curl", machineByCurl],
    ["Node.js", machineByFetch],
  ],
};

export function snippetsOf(issuer: string, client: Known): Snippet[] {
  const type = typeOfClient(client);
  // Scopes about a user are none for a client that acts for itself.
  const scopes = client.scopes.filter((name) => type.id !== "machine" || !USER_SCOPES.has(name));
  const facts: Facts = {
    issuer,
    client,
    redirectUri: client.redirect_uris[0] ?? "https://example.com/callback",
    scope: scopes.join(" "),
    openid: scopes.includes("openid"),
  };
  return LIBRARIES[type.id].map(([label, write]) => ({ label, code: write(facts) }));
}
