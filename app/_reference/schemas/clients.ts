/** Response schemas: OAuth clients and scopes. */
import { z } from "zod";
import { SOME_ID } from "@/lib/http/openapi/parameters";
import type { serializeClient } from "@/lib/oauth/clients/clients";
import { CLIENT_SHAPE } from "@/lib/oauth/clients/inputs";
import type { listClientSecrets } from "@/lib/oauth/clients/secrets";
import type { Scope as ScopeAnswer } from "@/lib/oauth/scopes/descriptions";
import { id, text, time } from "./fields";

const secret = text("The client secret. It is shown only once.", "foyer_cs_1k8p3m7q2x4v9a_Vt3k…");

const EXAMPLES = {
  client_name: "SuperPhotoPrints",
  redirect_uris: ["https://photos.example/callback"],
  post_logout_redirect_uris: [],
  grant_types: ["authorization_code", "refresh_token"],
  scopes: ["openid", "profile", "email", "offline_access"],
  id_token_signed_response_alg: "RS256",
  claims_in_id_token: true,
};

/** The fields of a client with their example values. */
const fields = Object.fromEntries(
  Object.entries(CLIENT_SHAPE).map(([name, schema]) => {
    const nothing = schema.safeParse(null).success ? null : undefined;
    const example = EXAMPLES[name as keyof typeof EXAMPLES] ?? nothing;
    return [name, example === undefined ? schema : schema.meta({ ...schema.meta(), examples: [example] })];
  }),
) as typeof CLIENT_SHAPE;

const client = {
  client_id: id("The client ID.", SOME_ID.client),
  ...fields,
  source: z
    .enum(["console", "dcr", "cimd"])
    .describe(
      "Where the client comes from: `console` (dashboard, CLI, API), `dcr` (registered by RFC 7591), `cimd` (its metadata document).",
    )
    .meta({ examples: ["console"] }),
  created_at: time("When it was created."),
  last_used_at: time("When it last requested tokens, to the minute.").nullable(),
};

export const Client = z.object(client).meta({
  id: "Client",
  description: "An OAuth client. Field names follow RFC 7591 §2.",
}) satisfies z.ZodType<ReturnType<typeof serializeClient>>;

export const NewClient = z
  .object({ ...client, client_secret: secret.optional() })
  .meta({ id: "NewClient", description: "A client with its secret. A public client has no secret." });

export const ClientSecret = z
  .object({
    secret_id: id("The secret's ID.", SOME_ID.secret),
    prefix: text("The first characters of the secret.", "foyer_cs_1k8p3m7q2x4v9a_Vt3k"),
    created_at: time("When it was created."),
    last_used_at: time("When it was last used, to the minute.").nullable(),
  })
  .meta({ id: "ClientSecret" }) satisfies z.ZodType<Awaited<ReturnType<typeof listClientSecrets>>[number]>;

export const NewClientSecret = z
  .object({ client_id: client.client_id, client_secret: secret })
  .meta({ id: "NewClientSecret" });

export const Scope = z
  .object({
    name: text("The scope name that clients request.", "photos:read"),
    description: text("The description on the consent page.", "See your photos"),
    sensitive: z.boolean().meta({ description: "Whether the consent page marks it as sensitive." }),
    optional: z.boolean().meta({ description: "Whether the user can decline it." }),
  })
  .meta({ id: "Scope" }) satisfies z.ZodType<ScopeAnswer>;
