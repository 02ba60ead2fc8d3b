/** What may be said about a connection when it is made or changed. */
import { z } from "zod";
import { AppSettings } from "../apps/settings";
import { env } from "../env";
import { text } from "../input";
import { findProvider, PROVIDER_NAMES, PROVIDERS } from "./list";

/** First words of `/api/auth/…` that mean something else, now or one day. */
export const RESERVED_NAMES = [
  ...["account", "api", "authorize", "callback", "code", "connections", "credentials", "device", "email", "exchange"],
  ...["identities", "invitation", "login", "logout", "magic-link", "me", "mfa", "passkey", "passkeys", "password"],
  ...["refresh", "session", "sessions", "signin", "signout", "signup", "social", "token", "totp", "user", "users"],
  ...["verify", "verify-email", "webauthn"],
];

export const CONNECTION_NAME_LENGTH = 40;

export const CONNECTION_NAME = /^[a-z][a-z0-9-]*[a-z0-9]$/;

const Name = text(CONNECTION_NAME_LENGTH)
  .regex(CONNECTION_NAME, "must be lower-case letters, digits and hyphens, like acme-sso")
  .refine((name) => !RESERVED_NAMES.includes(name), "means something else in our addresses; choose another name");

const LOOPBACK_HOST = /^(localhost|127(\.\d+){3}|\[::1\])$|\.localhost$/;

/**
 * An address that we call, or send browsers to. What else it must be is found out when it is called
 * (lib/outbound.ts).
 */
function isEndpoint(value: string): boolean {
  if (!URL.canParse(value) || /[\s\p{Cc}\\#]/u.test(value)) return false;
  const { protocol, hostname, username, password } = new URL(value);
  if (username || password) return false;
  return protocol === "https:" || (protocol === "http:" && LOOPBACK_HOST.test(hostname) && env().allowLoopback);
}

const Endpoint = text(2000).refine(isEndpoint, "must be an https address, like https://idp.example.com");

/** OpenID Connect Discovery §3: no query, no fragment. */
const Issuer = Endpoint.refine((value) => !value.includes("?"), "must have no query");

/** RFC 6749 §3.3 */
const ScopeToken = text(200).regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, "must be a scope, without spaces and quotes");

/** Sent in headers and forms: what no provider gives out would only hide a mistake in copying. */
const Credential = text(2000).regex(/^[\x21-\x7e]+$/, "must have no spaces or line breaks");

export const CONNECTION_SHAPE = {
  connection: Name.describe("Its name in our addresses; the provider's when nothing is said. It cannot be changed."),
  provider: z
    .enum(PROVIDER_NAMES, `must be ${PROVIDER_NAMES.join(", ")}`)
    .describe("Where its users come from; `oidc`: any OpenID issuer. It cannot be changed."),
  display_name: text(60).nullable().describe("What the button says after “Continue with”; null: the provider's name."),
  client_id: Credential.describe("What the provider calls you."),
  client_secret: Credential.nullable().describe(
    "Proves to the provider that it is you; never shown again. null: a public client, which proves itself by PKCE alone.",
  ),
  issuer: Issuer.nullable().describe(
    "The issuer URL, for `oidc` or a self-managed GitLab. Discovery provides the rest.",
  ),
  authorization_url: Endpoint.nullable().describe("In place of the provider's own, as for GitHub Enterprise."),
  token_url: Endpoint.nullable().describe("In place of the provider's own."),
  api_url: Endpoint.nullable().describe("In place of the provider's own."),
  scopes: z.array(ScopeToken).max(50).describe("What the provider is asked for."),
  redirect_uris: AppSettings.shape.return_urls.unwrap().describe("Where its users may be led back to."),
  delivery: AppSettings.shape.delivery.unwrap(),
  enabled: z.boolean().describe("Whether people may use it."),
};

export const ConnectionInput = z.object(CONNECTION_SHAPE);
export type ConnectionInput = z.output<typeof ConnectionInput>;

/** What was not said is left to the default, or as it is. */
export const NewConnection = ConnectionInput.partial().required({ provider: true, client_id: true });
export const ConnectionChanges = ConnectionInput.omit({ connection: true, provider: true }).partial();

export type NewConnection = z.output<typeof NewConnection>;
export type ConnectionChanges = z.output<typeof ConnectionChanges>;

/**
 * A provider's name belongs to the connection to that provider. Only a new connection is checked:
 * providers are added.
 */
export function nameProblems({ connection, provider }: ConnectionInput): Record<string, string> {
  const owner = connection === provider ? undefined : findProvider(connection);
  return owner ? { connection: `is the name of the connection to ${owner.label}` } : {};
}

/** Field → problem, for rules that concern several fields of a connection. */
export function connectionProblems(input: ConnectionInput): Record<string, string> {
  const provider = PROVIDERS[input.provider];
  const problems: Record<string, string> = {};
  if (provider.issuer?.required && !input.issuer)
    problems.issuer = "is missing: the issuer's address, as its discovery says";
  if (input.client_secret === null && !provider.openid) problems.client_secret = "is missing";
  return problems;
}
