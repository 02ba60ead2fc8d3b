/** Input schema of connections to sign-in providers. */
import { z } from "zod";
import { AppSettings, returnUrlProblem } from "../apps/settings";
import { env } from "../env";
import { text } from "../input";
import { findProvider, PROVIDER_NAMES, PROVIDERS } from "./list";

/** Path segments below `/api/auth/` that have, or may get, another meaning. */
export const RESERVED_NAMES = [
  ...[
    "account",
    "api",
    "authorize",
    "callback",
    "code",
    "connections",
    "credentials",
    "device",
    "email",
    "email-code",
    "exchange",
  ],
  ...["identities", "invitation", "login", "logout", "magic-link", "me", "mfa", "passkey", "passkeys", "password"],
  ...["refresh", "session", "sessions", "signin", "signout", "signup", "social", "token", "totp", "user", "users"],
  ...["verify", "verify-email", "webauthn"],
];

export const CONNECTION_NAME_LENGTH = 40;

export const CONNECTION_NAME = /^[a-z][a-z0-9-]*[a-z0-9]$/;

const Name = text(CONNECTION_NAME_LENGTH)
  .regex(CONNECTION_NAME, "must contain only lower-case letters, digits and hyphens, like acme-sso")
  .refine((name) => !RESERVED_NAMES.includes(name), "is reserved. Choose another name");

const LOOPBACK_HOST = /^(localhost|127(\.\d+){3}|\[::1\])$|\.localhost$/;

/**
 * A URL that Foyer calls or redirects to. lib/outbound.ts checks its IP address when it is called.
 */
function isEndpoint(value: string): boolean {
  if (!URL.canParse(value) || /[\s\p{Cc}\\#]/u.test(value)) return false;
  const { protocol, hostname, username, password } = new URL(value);
  if (username || password) return false;
  return protocol === "https:" || (protocol === "http:" && LOOPBACK_HOST.test(hostname) && env().allowLoopback);
}

const Endpoint = text(2000).refine(isEndpoint, "must be an https URL, like https://idp.example.com");

/** OpenID Connect Discovery §3: no query, no fragment. */
const Issuer = Endpoint.refine((value) => !value.includes("?"), "must not have a query");

/** RFC 6749 §3.3 */
const ScopeToken = text(200).regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, "must be a scope without spaces and quotes");

/** No provider issues credentials with spaces: they are copying mistakes. */
const Credential = text(2000).regex(/^[\x21-\x7e]+$/, "must not contain spaces or line breaks");

const ReturnUrl = AppSettings.shape.return_urls.unwrap().element.superRefine((uri, context) => {
  const message = returnUrlProblem(uri);
  if (message) context.addIssue({ code: "custom", message });
});

export const CONNECTION_SHAPE = {
  connection: Name.describe("Its name in URLs, by default the provider's name. It can't be changed."),
  provider: z
    .enum(PROVIDER_NAMES, `must be ${PROVIDER_NAMES.join(", ")}`)
    .describe("The sign-in provider; `oidc` is any OpenID Connect issuer. It can't be changed."),
  display_name: text(60).nullable().describe("The name on the button “Continue with …”. null: the provider's name."),
  client_id: Credential.describe("The client ID that the provider issued."),
  client_secret: Credential.nullable().describe(
    "The client secret that the provider issued. It is never returned. null: a public client, which uses only PKCE.",
  ),
  issuer: Issuer.nullable().describe(
    "The issuer URL, for `oidc` or a self-managed GitLab. Discovery provides the rest.",
  ),
  authorization_url: Endpoint.nullable().describe(
    "Overrides the provider's authorization endpoint, for example for GitHub Enterprise.",
  ),
  token_url: Endpoint.nullable().describe("Overrides the provider's token endpoint."),
  api_url: Endpoint.nullable().describe("Overrides GitHub's API URL or the userinfo endpoint."),
  scopes: z.array(ScopeToken).max(50).describe("The scopes that Foyer requests from the provider."),
  redirect_uris: z.array(ReturnUrl).max(100).describe("The URLs that users can return to after sign-in."),
  delivery: AppSettings.shape.delivery.unwrap(),
  enabled: z.boolean().describe("Whether users can sign in with it."),
};

export const ConnectionInput = z.object(CONNECTION_SHAPE);
export type ConnectionInput = z.output<typeof ConnectionInput>;

/** Absent values get defaults, or stay unchanged in an update. */
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
  if (provider.issuer?.required && !input.issuer) problems.issuer = "is missing. Enter the issuer URL";
  if (input.client_secret === null && !provider.openid) problems.client_secret = "is missing";
  return problems;
}
