/** GitHub, and GitHub Enterprise by its own endpoints: OAuth 2.0 without OpenID. */
import { type AuthorizationServer, protectedResourceRequest } from "oauth4webapi";
import { z } from "zod";
import { text } from "../input";
import type { Connection } from "./connections";
import { failProvider } from "./failure";
import { type Provider, type Received, readClaims, readEmail } from "./provider";

/** Also the `iss` of its answers. */
const ISSUER = "https://github.com/login/oauth";

const User = z.object({
  id: z.number().int().positive(),
  login: text(100),
  name: z.unknown(),
  avatar_url: z.unknown(),
  html_url: z.unknown(),
});

const Emails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() })).max(1000);

/** Users of another server are other people, so they are known by another issuer. */
function issuerOf(connection: Connection): string {
  if (connection.issuer) return connection.issuer;
  return connection.authorization_url ? new URL(connection.authorization_url).origin : ISSUER;
}

async function server(connection: Connection): Promise<AuthorizationServer> {
  return {
    issuer: issuerOf(connection),
    authorization_endpoint: connection.authorization_url ?? "https://github.com/login/oauth/authorize",
    token_endpoint: connection.token_url ?? "https://github.com/login/oauth/access_token",
    token_endpoint_auth_methods_supported: ["client_secret_post"],
  };
}

async function get(path: string, { tokens, call }: Received, connection: Connection): Promise<Response> {
  const url = new URL(`${(connection.api_url ?? "https://api.github.com").replace(/\/$/, "")}${path}`);
  const headers = new Headers({ accept: "application/vnd.github+json", "user-agent": "Foyer" });
  return protectedResourceRequest(tokens.access_token, "GET", url, headers, null, call);
}

async function read<Schema extends z.ZodType>(answer: Response, path: string, schema: Schema) {
  if (answer.status !== 200) failProvider(`${path} answered with status ${answer.status}`);
  const body: unknown = await answer.json().catch(() => failProvider(`${path} did not answer with JSON`));
  const parsed = schema.safeParse(body);
  return parsed.success ? parsed.data : failProvider(`${path} did not answer as documented`);
}

/** The address that GitHub writes to. Those that may not be seen are none: the scope was not granted. */
async function primaryEmail(received: Received, connection: Connection) {
  const answer = await get("/user/emails", received, connection);
  if (answer.status === 403 || answer.status === 404) return null;
  const emails = await read(answer, "/user/emails", Emails);
  return emails.find(({ primary }) => primary) ?? emails.find(({ verified }) => verified) ?? null;
}

async function profile(received: Received, connection: Connection) {
  const user = await read(await get("/user", received, connection), "/user", User);
  const primary = await primaryEmail(received, connection);
  const email = readEmail(primary?.email);
  return {
    issuer: received.server.issuer,
    subject: String(user.id),
    email,
    emailVerified: email !== null && primary?.verified === true,
    claims: readClaims({
      name: user.name || user.login,
      preferred_username: user.login,
      picture: user.avatar_url,
      profile: user.html_url,
    }),
  };
}

export const github: Provider = {
  name: "github",
  label: "GitHub",
  scopes: ["read:user", "user:email"],
  openid: false,
  needsIssuer: false,
  console: {
    url: "https://github.com/settings/developers",
    hint: "and make an OAuth app, with the callback URL as its “Authorization callback URL”.",
  },
  anew: { prompt: "select_account" },
  server,
  profile,
};
