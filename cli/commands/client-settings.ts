/** Flags for the settings of a client: one for each, in `clients create` and `clients update`. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import type { ClientMetadata } from "@/lib/oauth/clients/client";
import { CLIENT_SHAPE } from "@/lib/oauth/clients/inputs";
import { type Flag, type Flags, UsageError } from "../command";
import { onOff } from "../flags";

type Field = keyof ClientMetadata;
type Setting = readonly [flag: string, field: Field, help: string];

/** The flags are the names of RFC 7591 with dashes, except the short ones, which also have these names. */
const SETTINGS: Setting[] = [
  ["name", "client_name", "the name on the consent page"],
  ["public", "public", "for a browser or mobile app, which can't keep a secret. Can't be changed later"],
  ["application-type", "application_type", "native allows loopback and custom-scheme redirect URIs"],
  ["redirect-uri", "redirect_uris", "a redirect URI, compared exactly"],
  ["post-logout-redirect-uri", "post_logout_redirect_uris", "a URI to redirect to after sign-out"],
  ["scope", "scopes", "a scope that the client may request"],
  ["grant", "grant_types", "a grant type that the client may use"],
  ["auth-method", "token_endpoint_auth_method", "how the client authenticates"],
  ["token-endpoint-auth-signing-alg", "token_endpoint_auth_signing_alg", "the algorithm of the client's assertions"],
  ["jwks", "jwks", "a file with the client's public keys (JWK set)"],
  ["jwks-uri", "jwks_uri", "the URL of the client's public keys"],
  ["pkce", "pkce", "default: required for public clients (always), optional for others"],
  ["refresh", "refresh", "whether each use replaces the refresh token"],
  ["id-token-alg", "id_token_signed_response_alg", "the signing algorithm of ID tokens"],
  ["userinfo-signed-response-alg", "userinfo_signed_response_alg", "signs userinfo responses"],
  ["authorization-signed-response-alg", "authorization_signed_response_alg", "signs responses with JARM"],
  ["introspection-signed-response-alg", "introspection_signed_response_alg", "signs introspection responses"],
  ["request-object-signing-alg", "request_object_signing_alg", "the algorithm of signed requests"],
  ["require-signed-request-object", "require_signed_request_object", "requires signed requests (RFC 9101)"],
  [
    "require-pushed-authorization-requests",
    "require_pushed_authorization_requests",
    "requires pushed requests (RFC 9126)",
  ],
  ["dpop-bound-access-tokens", "dpop_bound_access_tokens", "requires DPoP (RFC 9449)"],
  ["subject-type", "subject_type", "pairwise gives the client its own user IDs"],
  ["sector-identifier-uri", "sector_identifier_uri", "a JSON list of redirect URIs, whose host is the sector"],
  ["backchannel-logout-uri", "backchannel_logout_uri", "the URL that receives logout tokens"],
  ["backchannel-logout-session-required", "backchannel_logout_session_required", "logout tokens contain sid"],
  ["initiate-login-uri", "initiate_login_uri", "the URL at which the client starts a sign-in"],
  ["default-acr-values", "default_acr_values", "an acr value that applies if a request has none"],
  ["contacts", "contacts", "the email address of a person who is responsible"],
  ["claims-in-id-token", "claims_in_id_token", "include profile and email claims in the ID token"],
  ["first-party", "first_party", "the app's own client: users aren't asked for consent"],
  ["resource-server", "resource_server", "allow the client to introspect all access tokens of the app"],
  ["logo-uri", "logo_uri", "the URL of the logo"],
  ["client-uri", "client_uri", "the URL of the website"],
  ["policy-uri", "policy_uri", "the URL of the privacy policy"],
  ["tos-uri", "tos_uri", "the URL of the terms of service"],
  ["default-max-age", "default_max_age", "the maximum age of a sign-in"],
  ["require-auth-time", "require_auth_time", "ID tokens always contain auth_time"],
  ["access-token-ttl-seconds", "access_token_ttl_seconds", "lifetime of access tokens"],
  ["id-token-ttl-seconds", "id_token_ttl_seconds", "lifetime of ID tokens"],
  ["refresh-idle-ttl-seconds", "refresh_idle_ttl_seconds", "lifetime of an unused refresh token"],
  ["refresh-absolute-ttl-seconds", "refresh_absolute_ttl_seconds", "lifetime of a grant"],
];

/** The usage of the commands shows these. */
const COMMON = new Set<Field>([
  ...(["client_name", "public", "redirect_uris", "post_logout_redirect_uris", "scopes", "grant_types"] as const),
  ...(["token_endpoint_auth_method", "pkce", "first_party", "resource_server"] as const),
]);

/** Short form of `--application-type native`. */
const NATIVE: Flag = {
  help: "for an installed application: allows loopback and custom-scheme redirect URIs",
  rare: true,
};

function innerSchema(field: Field): z.ZodType {
  const schema: z.ZodType = CLIENT_SHAPE[field];
  return schema instanceof z.ZodNullable ? (schema.unwrap() as z.ZodType) : schema;
}

const isList = (field: Field) => innerSchema(field) instanceof z.ZodArray;
/** URIs may contain commas. */
const hasWords = (field: Field) => isList(field) && !field.endsWith("uris");

function placeholderOf(field: Field): string {
  const schema = innerSchema(field);
  if (field === "jwks") return "FILE";
  if (schema instanceof z.ZodBoolean) return "on|off";
  if (schema instanceof z.ZodNumber) return "SECONDS";
  if (schema instanceof z.ZodEnum) return schema.options.join("|");
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodEnum) return schema.element.options.join("|");
  return /_uris?$/.test(field) ? "URI" : "VALUE";
}

function flagOf([name, field, help]: Setting): [string, Flag] {
  const ownName = field.replaceAll("_", "-");
  const flag: Flag = { value: placeholderOf(field), help, field };
  if (ownName !== name) flag.also = [ownName];
  if (!COMMON.has(field)) flag.rare = true;
  if (isList(field)) flag.multiple = true;
  if (hasWords(field)) flag.words = true;
  if (innerSchema(field) instanceof z.ZodBoolean) flag.bare = "on";
  return [name, flag];
}

export const CLIENT_FLAGS: Record<string, Flag> = { ...Object.fromEntries(SETTINGS.map(flagOf)), native: NATIVE };

function readKeys(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const why = error instanceof SyntaxError ? "is not JSON" : "can't be read";
    throw new UsageError(`--jwks: the file ${file} ${why}.`);
  }
}

function read(flags: Flags, [name, field]: Setting): unknown {
  const schema = innerSchema(field);
  if (schema instanceof z.ZodArray) {
    const values = flags.list(name);
    const entries = hasWords(field) ? values.flatMap((value) => value.split(/[\s,]+/)) : values;
    // One empty value clears the list.
    return values.length > 0 ? entries.filter((entry) => entry !== "") : undefined;
  }
  if (schema instanceof z.ZodBoolean) return onOff(flags, name);
  const value = flags.optional(name);
  if (value === undefined) return undefined;
  // An empty value restores the default.
  if (value === "" && CLIENT_SHAPE[field] instanceof z.ZodNullable) return null;
  if (field === "jwks") return readKeys(value);
  return schema instanceof z.ZodNumber ? Number(value) : value;
}

/** The settings that the command line names, for the schemas of lib/oauth/clients. */
export function readClientSettings(flags: Flags): Record<string, unknown> {
  const entries = SETTINGS.map((setting) => [setting[1], read(flags, setting)] as const);
  const settings = Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  return flags.on("native") ? { application_type: "native", ...settings } : settings;
}
