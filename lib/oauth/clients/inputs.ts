/** What may be said about a client when it is made or changed. Wire names as in RFC 7591 §2 where it has one. */
import { z } from "zod";
import { SIGNING_ALGS } from "../../apps/signing-keys";
import { text } from "../../input";
import { GRANT_TYPES } from "../grants/list";
import { SCOPE_NAME } from "../scopes/scopes";
import type { ClientMetadata } from "./client";
import { hasOwnScheme, MAX_REDIRECT_URI_LENGTH, redirectUriProblem } from "./redirect-uris";

export const AUTH_METHODS = ["client_secret_basic", "client_secret_post", "none"] as const;

const uriList = z.array(text(MAX_REDIRECT_URI_LENGTH)).max(50);
const link = (description: string) =>
  text(2000)
    .refine((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), "must be an http or https URL")
    .nullable()
    .describe(description);
const ttl = (maximum: number, what: string) =>
  z.number().int().min(60).max(maximum).nullable().describe(`Lifetime of ${what} in seconds; null: as the App has it.`);
const DAY = 86_400;

export const CLIENT_SHAPE = {
  client_name: text(200).describe("What users read on the consent page."),
  application_type: z
    .enum(["web", "native"])
    .describe(
      "`native`: an installed application, which may use loopback addresses and a scheme of its own (RFC 8252).",
    ),
  public: z.boolean().describe("Runs where no secret can be kept (browser, phone); cannot be changed later."),
  redirect_uris: uriList.describe("Where answers may go; compared character by character."),
  post_logout_redirect_uris: uriList.describe("Where users may go after signing out."),
  grant_types: z.array(z.enum(GRANT_TYPES)).min(1, "needs at least one").describe("How it may get tokens."),
  scopes: z
    .array(text(100).regex(SCOPE_NAME, "must be a scope name"))
    .max(100)
    .describe("What it may ask for: standard scopes, and those of the App."),
  token_endpoint_auth_method: z
    .enum(AUTH_METHODS)
    .nullable()
    .describe("How it proves who it is; null: by header or body, as it likes."),
  pkce: z
    .enum(["required", "optional"])
    .describe("RFC 7636; `optional` only for clients with a secret that cannot do it."),
  refresh: z
    .enum(["rotate", "reuse"])
    .nullable()
    .describe("Whether a refresh token changes with each use; null: `rotate` for public clients, else `reuse`."),
  id_token_signed_response_alg: z.enum(SIGNING_ALGS).describe("What its ID tokens are signed with."),
  claims_in_id_token: z.boolean().describe("Profile and e-mail inside the ID token; otherwise from userinfo alone."),
  first_party: z.boolean().describe("The App's own: no consent is asked."),
  resource_server: z.boolean().describe("May introspect every access token of the App."),
  logo_uri: link("Its logo."),
  client_uri: link("Its home page."),
  policy_uri: link("How it treats data."),
  tos_uri: link("Its terms of service."),
  default_max_age: z
    .number()
    .int()
    .min(0)
    .max(365 * DAY)
    .nullable()
    .describe("A sign-in older than so many seconds is asked for again."),
  require_auth_time: z.boolean().describe("Its ID tokens always say when the user signed in."),
  access_token_ttl_seconds: ttl(DAY, "access tokens"),
  id_token_ttl_seconds: ttl(DAY, "ID tokens"),
  refresh_idle_ttl_seconds: ttl(365 * DAY, "a refresh token that is not used"),
  refresh_absolute_ttl_seconds: ttl(3650 * DAY, "a grant"),
} satisfies { [Name in keyof ClientMetadata]: z.ZodType<ClientMetadata[Name]> };

export const DEFAULT_SCOPES = ["openid", "profile", "email", "offline_access"];

export const CreateClientBody = z.object({
  ...Object.fromEntries(Object.entries(CLIENT_SHAPE).map(([name, schema]) => [name, schema.optional()])),
  client_name: CLIENT_SHAPE.client_name,
}) as unknown as z.ZodType<Pick<ClientInput, "client_name"> & Partial<ClientInput>>;

export const UpdateClientBody = z.object(CLIENT_SHAPE).omit({ public: true }).partial();

export type ClientInput = ClientMetadata;
export type UpdateClientInput = Partial<Omit<ClientMetadata, "public">>;

/** Everything about a client, with the defaults filled in: what the rules are asked of. */
export function withDefaults(input: Pick<ClientInput, "client_name"> & Partial<ClientInput>): ClientInput {
  const isPublic = input.public ?? input.token_endpoint_auth_method === "none";
  // What was not said must not undo a default.
  const said = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as typeof input;
  return {
    application_type: isPublic && (input.redirect_uris ?? []).some(hasOwnScheme) ? "native" : "web",
    redirect_uris: [],
    post_logout_redirect_uris: [],
    grant_types: ["authorization_code", "refresh_token"],
    scopes: DEFAULT_SCOPES,
    pkce: "required",
    refresh: null,
    id_token_signed_response_alg: "RS256",
    claims_in_id_token: true,
    first_party: false,
    resource_server: false,
    logo_uri: null,
    client_uri: null,
    policy_uri: null,
    tos_uri: null,
    default_max_age: null,
    require_auth_time: false,
    access_token_ttl_seconds: null,
    id_token_ttl_seconds: null,
    refresh_idle_ttl_seconds: null,
    refresh_absolute_ttl_seconds: null,
    ...said,
    public: isPublic,
    token_endpoint_auth_method: isPublic ? "none" : (input.token_endpoint_auth_method ?? null),
  };
}

/** Field → what is wrong, over the whole client: rules that one field alone cannot break. */
export function clientProblems(client: ClientInput): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const field of ["redirect_uris", "post_logout_redirect_uris"] as const) {
    client[field].forEach((uri, index) => {
      const problem = redirectUriProblem(uri, client.application_type);
      if (problem) problems[`${field}.${index}`] = problem;
    });
  }
  const code = client.grant_types.includes("authorization_code");
  if (code && client.redirect_uris.length === 0)
    problems.redirect_uris = "needs at least one for the authorization_code grant";
  if (!code && client.grant_types.includes("refresh_token"))
    problems.grant_types = "refresh_token needs authorization_code beside it";
  if (client.public) {
    if (client.grant_types.includes("client_credentials"))
      problems.grant_types = "client_credentials needs a client with a secret"; // RFC 6749 §4.4
    if (client.pkce === "optional") problems.pkce = "is required of public clients (RFC 9700 §2.1.1)";
    if (client.refresh === "reuse") problems.refresh = "must be rotate for a public client (RFC 9700 §2.2.2)";
    if (client.resource_server) problems.resource_server = "needs a client with a secret";
  } else if (client.token_endpoint_auth_method === "none") {
    problems.token_endpoint_auth_method = "none is for public clients";
  }
  return problems;
}
