/** Next.js: next-auth. */
import { quoted, type SnippetValues } from "./snippet";

export function nextAuth({ issuer, client, scope }: SnippetValues): string {
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
