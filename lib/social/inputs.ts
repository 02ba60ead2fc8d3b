/** What may be said about a connection when it is made or changed. */
import { z } from "zod";
import { AppSettings } from "../apps/settings";
import { env } from "../env";
import { text } from "../input";
import { PROVIDER_NAMES, PROVIDERS } from "./list";

/** First words of `/api/auth/…` that mean something else, now or one day. */
export const RESERVED_NAMES = [
  ...["account", "api", "authorize", "callback", "code", "connections", "credentials", "device", "email", "exchange"],
  ...["identities", "invitation", "login", "logout", "magic-link", "me", "mfa", "passkey", "passkeys", "password"],
  ...["refresh", "session", "sessions", "signin", "signout", "signup", "social", "token", "totp", "user", "users"],
  ...["verify", "webauthn"],
];

export const CONNECTION_NAME_LENGTH = 40;

const Name = text(CONNECTION_NAME_LENGTH)
  .regex(/^[a-z][a-z0-9-]*[a-z0-9]$/, "must be lower-case letters, digits and hyphens, like acme-sso")
  .refine((name) => !RESERVED_NAMES.includes(name), "means something else in our addresses; choose another name");

const LOOPBACK_HOST = /^(localhost|127(\.\d+){3}|\[::1\])$|\.localhost$/;

/** An address that we call, or send browsers to. What else it must be is found out when it is called (lib/outbound.ts). */
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

const shape = {
  connection: Name,
  provider: z.enum(PROVIDER_NAMES, `must be ${PROVIDER_NAMES.join(", ")}`),
  display_name: text(60).nullable(),
  client_id: Credential,
  /** null: a public client, which proves itself by PKCE alone. */
  client_secret: Credential.nullable(),
  issuer: Issuer.nullable(),
  authorization_url: Endpoint.nullable(),
  token_url: Endpoint.nullable(),
  api_url: Endpoint.nullable(),
  scopes: z.array(ScopeToken).max(50),
  redirect_uris: AppSettings.shape.return_urls.unwrap(),
  delivery: AppSettings.shape.delivery.unwrap(),
  enabled: z.boolean(),
};

export const ConnectionInput = z.object(shape);
export type ConnectionInput = z.output<typeof ConnectionInput>;

/** What was not said is left to the default, or as it is. */
export const NewConnection = ConnectionInput.partial().required({ provider: true, client_id: true });
export const ConnectionChanges = ConnectionInput.omit({ connection: true, provider: true }).partial();

export type NewConnection = z.output<typeof NewConnection>;
export type ConnectionChanges = z.output<typeof ConnectionChanges>;

/** Field → what is wrong, over the whole connection. */
export function connectionProblems(input: ConnectionInput): Record<string, string> {
  const provider = PROVIDERS[input.provider];
  const problems: Record<string, string> = {};
  const another = PROVIDER_NAMES.find((name) => name === input.connection && name !== input.provider);
  if (another) problems.connection = `is the name of the connection to ${PROVIDERS[another].label}`;
  if (provider.needsIssuer && !input.issuer)
    problems.issuer = "is missing: the issuer's address, as its discovery says";
  if (input.client_secret === null && !provider.openid) problems.client_secret = "is missing";
  return problems;
}
