/** OAuth clients and scopes, as answers show them. */
import { z } from "zod";
import { SOME_ID } from "@/lib/http/openapi/parameters";
import type { serializeClient } from "@/lib/oauth/clients/clients";
import { CLIENT_SHAPE } from "@/lib/oauth/clients/inputs";
import type { listClientSecrets } from "@/lib/oauth/clients/secrets";
import type { Scope as ScopeAnswer } from "@/lib/oauth/scopes/scopes";
import { id, text, time } from "./fields";

const secret = text("The secret. It is shown this once.", "foyer_cs_1k8p3m7q2x4v9a_Vt3k…");

const EXAMPLES = {
  client_name: "SuperPhotoPrints",
  redirect_uris: ["https://photos.example/callback"],
  post_logout_redirect_uris: [],
  grant_types: ["authorization_code", "refresh_token"],
  scopes: ["openid", "profile", "email", "offline_access"],
  id_token_signed_response_alg: "RS256",
  claims_in_id_token: true,
};

/** Everything that may be said about a client, as it is after the defaults. */
const said = Object.fromEntries(
  Object.entries(CLIENT_SHAPE).map(([name, schema]) => {
    const nothing = schema.safeParse(null).success ? null : undefined;
    const example = EXAMPLES[name as keyof typeof EXAMPLES] ?? nothing;
    return [name, example === undefined ? schema : schema.meta({ ...schema.meta(), examples: [example] })];
  }),
) as typeof CLIENT_SHAPE;

const client = {
  client_id: id("The client's id.", SOME_ID.client),
  ...said,
  created_at: time("When it was made."),
  last_used_at: time("When it asked for tokens last, to the minute.").nullable(),
};

export const Client = z.object(client).meta({
  id: "Client",
  description: "An OAuth client; names as in RFC 7591 §2 where it has one.",
}) satisfies z.ZodType<ReturnType<typeof serializeClient>>;

export const NewClient = z
  .object({ ...client, client_secret: secret.optional() })
  .meta({ id: "NewClient", description: "A client with its secret, which a public client does not have." });

export const ClientSecret = z
  .object({
    secret_id: id("The secret's id.", SOME_ID.secret),
    prefix: text("Its first characters; the rest is shown once.", "foyer_cs_1k8p3m7q2x4v9a_Vt3k"),
    created_at: time("When it was made."),
    last_used_at: time("When it was used last, to the minute.").nullable(),
  })
  .meta({ id: "ClientSecret" }) satisfies z.ZodType<Awaited<ReturnType<typeof listClientSecrets>>[number]>;

export const NewClientSecret = z
  .object({ client_id: client.client_id, client_secret: secret })
  .meta({ id: "NewClientSecret" });

export const Scope = z
  .object({
    name: text("What clients ask for.", "photos:read"),
    description: text("What users read on the consent page.", "See your photos"),
    sensitive: z.boolean().meta({ description: "Marked on the consent page." }),
    optional: z.boolean().meta({ description: "The user may untick it." }),
  })
  .meta({ id: "Scope" }) satisfies z.ZodType<ScopeAnswer>;
