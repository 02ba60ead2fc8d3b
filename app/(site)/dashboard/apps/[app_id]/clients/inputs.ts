/** Input schemas of the client forms. Their output is the input of lib/oauth/clients. */
import { z } from "zod";
import { text } from "@/lib/input";
import { CLIENT_SHAPE } from "@/lib/oauth/clients/inputs";
import { optionalDurations } from "../durations";
import { checkbox } from "../on-off";
import { Fields, readChecked, readFormList } from "./form-lists";
import { OWNERS } from "./owners";
import { CLIENT_TYPES } from "./types";

const name = text(200).trim().min(1, "must not be empty");

/** null for an empty field. */
const url = text(2000)
  .trim()
  .optional()
  .transform((value) => value || null)
  .refine(
    (value) => value === null || (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)),
    "must be an http or https URL",
  );

const scopes = Fields.transform((sent) => ({ scopes: readChecked(sent, "scopes") })).pipe(
  z.object({ scopes: CLIENT_SHAPE.scopes }),
);

const grants = Fields.transform((sent) => ({ grant_types: readChecked(sent, "grant_types") })).pipe(
  z.object({ grant_types: CLIENT_SHAPE.grant_types }),
);

const types = z.enum(CLIENT_TYPES.map((type) => type.id) as ["web", ...string[]]);

const owners = z.enum(OWNERS.map((owner) => owner.id) as ["own", ...string[]]);

export const NewClientForm = z
  .object({ owner: owners, type: types, client_name: name, client_uri: url, policy_uri: url })
  .and(scopes)
  .and(Fields.transform((sent, context) => ({ redirect_uris: readFormList(sent, "redirect_uris", context) })));

export const BasicsForm = z.object({
  client_name: name,
  client_uri: url,
  logo_uri: url,
  policy_uri: url,
  tos_uri: url,
});

export const RedirectUrisForm = Fields.transform((sent, context) => ({
  redirect_uris: readFormList(sent, "redirect_uris", context),
  post_logout_redirect_uris: readFormList(sent, "post_logout_redirect_uris", context),
}));

export const ScopesForm = scopes;

/** The form of a public client has no choice of `refresh`. */
export const GrantsForm = grants.and(
  z.object({
    refresh: z
      .enum(["rotate", "reuse"])
      .optional()
      .transform((way) => way ?? null),
  }),
);

export const SecurityForm = z.object({
  token_endpoint_auth_method: z
    .enum(["client_secret_basic", "client_secret_post"])
    .optional()
    .transform((method) => method ?? null),
  pkce: z.enum(["required", "optional"]).optional(),
  first_party: checkbox,
  resource_server: checkbox,
});

export const IdTokensForm = z
  .object({
    id_token_signed_response_alg: CLIENT_SHAPE.id_token_signed_response_alg,
    claims_in_id_token: checkbox,
    require_auth_time: checkbox,
  })
  .and(optionalDurations({ default_max_age: CLIENT_SHAPE.default_max_age.unwrap() }));

export const LifetimesForm = optionalDurations({
  access_token_ttl_seconds: CLIENT_SHAPE.access_token_ttl_seconds.unwrap(),
  id_token_ttl_seconds: CLIENT_SHAPE.id_token_ttl_seconds.unwrap(),
  refresh_idle_ttl_seconds: CLIENT_SHAPE.refresh_idle_ttl_seconds.unwrap(),
  refresh_absolute_ttl_seconds: CLIENT_SHAPE.refresh_absolute_ttl_seconds.unwrap(),
});
