/** GitHub, or GitHub Enterprise by its own endpoints (OAuth 2.0 without OpenID Connect). */
import { type AuthorizationServer, protectedResourceRequest } from "oauth4webapi";
import { z } from "zod";
import { text } from "../input";
import { failProvider } from "./failure";
import { readClaims, readEmail } from "./profile";
import type { EndpointOverrides, Provider, TokenResult } from "./provider";

/** GitHub sends it as `iss` in its authorization responses. */
const ISSUER = "https://github.com/login/oauth";

const User = z.object({
  id: z.number().int().positive(),
  login: text(100),
  // GitHub Enterprise and compatible servers may leave these out.
  name: z.unknown().optional(),
  avatar_url: z.unknown().optional(),
  html_url: z.unknown().optional(),
});

const Emails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() })).max(1000);

/**
 * User IDs of another server belong to other users, so its accounts need an issuer of their own.
 */
function issuerOf({ issuer, authorization_url }: EndpointOverrides): string {
  return issuer ?? (authorization_url ? new URL(authorization_url).origin : ISSUER);
}

async function server(endpoints: EndpointOverrides): Promise<AuthorizationServer> {
  return {
    issuer: issuerOf(endpoints),
    authorization_endpoint: endpoints.authorization_url ?? "https://github.com/login/oauth/authorize",
    token_endpoint: endpoints.token_url ?? "https://github.com/login/oauth/access_token",
    token_endpoint_auth_methods_supported: ["client_secret_post"],
  };
}

async function get(path: string, { tokens, call }: TokenResult, endpoints: EndpointOverrides): Promise<Response> {
  const url = new URL(`${(endpoints.api_url ?? "https://api.github.com").replace(/\/$/, "")}${path}`);
  const headers = new Headers({ accept: "application/vnd.github+json", "user-agent": "Foyer" });
  return protectedResourceRequest(tokens.access_token, "GET", url, headers, null, call);
}

async function read<Schema extends z.ZodType>(response: Response, path: string, schema: Schema) {
  if (response.status !== 200) failProvider(`${path} returned status ${response.status}`);
  const body: unknown = await response.json().catch(() => failProvider(`${path} did not return JSON`));
  const parsed = schema.safeParse(body);
  return parsed.success ? parsed.data : failProvider(`${path} did not return the documented fields`);
}

/**
 * GitHub answers 403 or 404 if the scope `user:email` wasn't granted: then the user has no email
 * address here.
 */
async function primaryEmail(result: TokenResult, endpoints: EndpointOverrides) {
  const response = await get("/user/emails", result, endpoints);
  if (response.status === 403 || response.status === 404) return null;
  const emails = await read(response, "/user/emails", Emails);
  return emails.find(({ primary }) => primary) ?? emails.find(({ verified }) => verified) ?? null;
}

async function profile(result: TokenResult, endpoints: EndpointOverrides) {
  const user = await read(await get("/user", result, endpoints), "/user", User);
  const primary = await primaryEmail(result, endpoints);
  const email = readEmail(primary?.email);
  return {
    issuer: result.server.issuer,
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
  label: "GitHub",
  description: "GitHub accounts, or accounts of a GitHub Enterprise server",
  scopes: ["read:user", "user:email"],
  openid: false,
  issuer: null,
  apiHint: "The base URL of /user and /user/emails, such as https://github.example.com/api/v3.",
  console: {
    url: "https://github.com/settings/developers",
    instruction: "and create an OAuth app. Enter the callback URL as its “Authorization callback URL”.",
  },
  docs: "https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/creating-an-oauth-app",
  reauthenticate: { prompt: "select_account" },
  server,
  profile,
};
