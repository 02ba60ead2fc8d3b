/** Input schemas of the client forms. Their output is the input of lib/oauth/clients. */
import { z } from "zod";
import { jsonOrText, readInput, text } from "@/lib/input";
import { CLIENT_SHAPE } from "@/lib/oauth/clients/inputs";
import { optionalDurations } from "../durations";
import { checkbox } from "../on-off";
import { Fields, readChecked, readFormList, readFormLists } from "./form-lists";
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

/** An empty select, as null. */
const choice = <Schema extends z.ZodType>(schema: Schema) => schema.optional().transform((value) => value ?? null);

const jwks = text(20_000)
  .optional()
  .transform((value, context) => {
    if (!value?.trim()) return null;
    const read = readInput(z.object({ jwks: CLIENT_SHAPE.jwks }), { jwks: jsonOrText(value) });
    if ("data" in read) return read.data.jwks;
    const [[path, problem] = ["", "is invalid"]] = Object.entries(read.fields);
    // "keys.0.kty is missing": the form has one field for the whole set.
    const member = path.split(".").slice(1).join(".");
    context.addIssue({ code: "custom", message: member ? `${member} ${problem}` : "must be a JSON object with keys" });
    return z.NEVER;
  });

const General = z.object({
  client_name: name,
  client_uri: url,
  logo_uri: url,
  policy_uri: url,
  tos_uri: url,
  application_type: CLIENT_SHAPE.application_type,
  first_party: checkbox,
  resource_server: checkbox,
});

const Authentication = z.object({
  token_endpoint_auth_method: choice(z.enum(["client_secret_basic", "client_secret_post", "private_key_jwt"])),
  token_endpoint_auth_signing_alg: choice(CLIENT_SHAPE.token_endpoint_auth_signing_alg.unwrap()),
  jwks,
  jwks_uri: url,
  // The forms of public clients have no choice of these.
  pkce: CLIENT_SHAPE.pkce.optional(),
  refresh: choice(CLIENT_SHAPE.refresh.unwrap()),
});

const Requests = z.object({
  require_pushed_authorization_requests: checkbox,
  require_signed_request_object: checkbox,
  request_object_signing_alg: choice(CLIENT_SHAPE.request_object_signing_alg.unwrap()),
  authorization_signed_response_alg: CLIENT_SHAPE.authorization_signed_response_alg,
});

const Tokens = z.object({
  dpop_bound_access_tokens: checkbox,
  introspection_signed_response_alg: CLIENT_SHAPE.introspection_signed_response_alg.optional(),
  id_token_signed_response_alg: CLIENT_SHAPE.id_token_signed_response_alg,
  userinfo_signed_response_alg: choice(CLIENT_SHAPE.userinfo_signed_response_alg.unwrap()),
  claims_in_id_token: checkbox,
  require_auth_time: checkbox,
  subject_type: CLIENT_SHAPE.subject_type,
  sector_identifier_uri: url,
});

const SignIn = z.object({
  initiate_login_uri: url,
  backchannel_logout_uri: url,
  backchannel_logout_session_required: checkbox,
});

const Durations = optionalDurations({
  default_max_age: CLIENT_SHAPE.default_max_age.unwrap(),
  access_token_ttl_seconds: CLIENT_SHAPE.access_token_ttl_seconds.unwrap(),
  id_token_ttl_seconds: CLIENT_SHAPE.id_token_ttl_seconds.unwrap(),
  refresh_idle_ttl_seconds: CLIENT_SHAPE.refresh_idle_ttl_seconds.unwrap(),
  refresh_absolute_ttl_seconds: CLIENT_SHAPE.refresh_absolute_ttl_seconds.unwrap(),
});

export const SettingsForm = General.and(Authentication)
  .and(Requests)
  .and(Tokens)
  .and(SignIn)
  .and(Durations)
  .and(scopes)
  .and(grants)
  .and(Fields.transform((sent, context) => ({ lists: readFormLists(sent, context) })));
