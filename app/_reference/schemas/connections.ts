/** Response schemas: social connections. */
import { z } from "zod";
import { SOME_ID } from "@/lib/http/openapi/parameters";
import type { connectionAnswer } from "@/lib/social/connections";
import { CONNECTION_SHAPE } from "@/lib/social/inputs";
import { text, time } from "./fields";

const { client_secret: _, ...publicShape } = CONNECTION_SHAPE;

const EXAMPLES = {
  connection: "github",
  provider: "github",
  display_name: null,
  client_id: "Iv1.8a61f9b3a7aba766",
  issuer: null,
  authorization_url: null,
  token_url: null,
  api_url: null,
  scopes: ["read:user", "user:email"],
  redirect_uris: ["https://blog.example/signed-in"],
  delivery: "code",
  enabled: true,
};

const fields = Object.fromEntries(
  Object.entries(publicShape).map(([name, schema]) => {
    const examples = [EXAMPLES[name as keyof typeof EXAMPLES]];
    return [name, schema.meta({ ...schema.meta(), examples })];
  }),
) as typeof publicShape;

export const Connection = z
  .object({
    ...fields,
    has_secret: z.boolean().meta({ description: "Whether there is a client secret.", examples: [true] }),
    callback_url: text(
      "The callback URL. Register it with the provider.",
      `https://auth.example/api/auth/callback/github/${SOME_ID.app}`,
    ),
    created_at: time("When it was created."),
    updated_at: time("When it was last changed."),
  })
  .meta({ id: "Connection", description: "An identity provider that users can sign in with." }) satisfies z.ZodType<
  ReturnType<typeof connectionAnswer>
>;
