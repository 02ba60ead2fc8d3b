/** Next.js, app router: next-auth. */
import { quoted, type SnippetValues } from "./snippet";

/** Keeps the tokens for requests to the app's API. */
const CALLBACKS = `  callbacks: {
    // Kept in the encrypted session cookie. refresh_token gets the next access_token.
    jwt: ({ token, account }) =>
      account
        ? { ...token, access_token: account.access_token, refresh_token: account.refresh_token, expires_at: account.expires_at }
        : token,
  },
`;

export function nextAuth({ issuer, client, scope }: SnippetValues): string {
  const { token_endpoint_auth_method: method, id_token_signed_response_alg: alg } = client;
  // next-auth uses Basic and RS256 unless it is told otherwise.
  const settings = [
    method === "client_secret_post" ? `token_endpoint_auth_method: ${quoted(method)}` : [],
    alg === "RS256" ? [] : `id_token_signed_response_alg: ${quoted(alg)}`,
  ].flat();
  return `// npm install next-auth
// .env.local: CLIENT_SECRET, NEXTAUTH_SECRET, and NEXTAUTH_URL=https://<your site>
// app/api/auth/[...nextauth]/route.ts; the redirect URI is https://<your site>/api/auth/callback/foyer
import NextAuth from "next-auth";

const handler = NextAuth({
  providers: [
    {
      id: "foyer",
      name: "Foyer",
      type: "oauth",
      wellKnown: ${quoted(`${issuer}/.well-known/openid-configuration`)},
      clientId: ${quoted(client.id)},
      clientSecret: process.env.CLIENT_SECRET,
      authorization: { params: { scope: ${quoted(scope)} } },${settings.length > 0 ? `\n      client: { ${settings.join(", ")} },` : ""}
      checks: ["pkce", "state"],
      idToken: true,
      profile: ({ sub, name, email }) => ({ id: sub, name, email }),
    },
  ],
${scope.split(" ").includes("offline_access") ? CALLBACKS : ""}});

export { handler as GET, handler as POST };`;
}
