/** What the forms of a client send, turned into what the verbs take. The limits are the verbs'; the words are for people. */
import { z } from "zod";
import { SIGNING_ALGS } from "@/lib/apps/signing-keys";
import { text } from "@/lib/input";
import { GRANT_TYPES } from "@/lib/oauth/clients/inputs";
import { onOff } from "../on-off";
import { lines } from "../settings/inputs";
import { CLIENT_TYPES } from "./types";

const uris = lines((line) => line, "");
const name = text(200).trim().min(1, "must not be empty");

/** Left empty, there is none. */
const url = text(2000)
  .trim()
  .optional()
  .transform((value) => value || null)
  .refine(
    (value) => value === null || (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)),
    "must be an http or https address",
  );

/** Left empty, the App's own counts. */
const seconds = text(12)
  .regex(/^\s*\d+\s*$/, "must be a whole number of seconds")
  .transform(Number)
  .optional()
  .transform((value) => value ?? null);

/** Boxes named `prefix:value`, ticked. */
function ticked<T extends string>(fields: Record<string, string>, prefix: string): T[] {
  return Object.keys(fields)
    .filter((field) => field.startsWith(`${prefix}:`))
    .map((field) => field.slice(prefix.length + 1) as T);
}

const withBoxes = z.record(z.string().max(200), z.string().max(20_000));

export const NewClientForm = z.object({
  type: z.enum(CLIENT_TYPES.map((type) => type.id) as ["web", ...string[]]),
  client_name: name,
  redirect_uris: uris,
});

export const BasicsForm = z.object({
  client_name: name,
  client_uri: url,
  logo_uri: url,
  policy_uri: url,
  tos_uri: url,
});

export const AddressesForm = z.object({ redirect_uris: uris, post_logout_redirect_uris: uris });

export const ScopesForm = withBoxes.transform((fields) => ({ scopes: ticked<string>(fields, "scope") }));

const Security = z.object({
  token_endpoint_auth_method: z
    .enum(["client_secret_basic", "client_secret_post"])
    .optional()
    .transform((method) => method ?? null),
  pkce: z.enum(["required", "optional"]).optional(),
  refresh: z
    .enum(["rotate", "reuse"])
    .optional()
    .transform((way) => way ?? null),
  id_token_signed_response_alg: z.enum(SIGNING_ALGS),
  default_max_age: seconds,
  claims_in_id_token: onOff,
  first_party: onOff,
  resource_server: onOff,
  require_auth_time: onOff,
});

export const SecurityForm = withBoxes.transform((fields, context) => {
  const known = z.array(z.enum(GRANT_TYPES)).safeParse(ticked(fields, "grant"));
  const parsed = Security.safeParse(fields);
  for (const { path, message } of parsed.error?.issues ?? []) context.addIssue({ code: "custom", path, message });
  if (!known.success || known.data.length === 0)
    context.addIssue({ code: "custom", path: ["grant_types"], message: "needs at least one" });
  if (!parsed.success || !known.success) return z.NEVER;
  return { ...parsed.data, grant_types: known.data };
});

export const LifetimesForm = z.object({
  access_token_ttl_seconds: seconds,
  id_token_ttl_seconds: seconds,
  refresh_idle_ttl_seconds: seconds,
  refresh_absolute_ttl_seconds: seconds,
});
