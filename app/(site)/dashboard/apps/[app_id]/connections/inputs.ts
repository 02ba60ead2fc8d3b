/** Input schemas of the connection forms. Their output is the input of lib/social. */
import { z } from "zod";
import { text } from "@/lib/input";
import { CONNECTION_NAME_LENGTH, ConnectionInput } from "@/lib/social/inputs";
import { PROVIDERS, type ProviderName } from "@/lib/social/list";
import { checkbox } from "../on-off";
import { lines } from "../settings/inputs";

const known = ConnectionInput.shape;
const returnUrl = known.redirect_uris.element;
const scope = known.scopes.element;

/** null for an empty field. */
function orNull<Schema extends z.ZodType>(schema: Schema) {
  return schema.optional().transform((value) => value ?? null);
}

/** Scopes separated by spaces or lines. */
const Scopes = text(5000)
  .optional()
  .transform((value = "", context) => {
    const scopes = value.split(/\s+/).filter(Boolean);
    for (const one of scopes)
      if (!scope.safeParse(one).success)
        context.addIssue({ code: "custom", message: `“${one.slice(0, 80)}” is not a valid scope` });
    return scopes;
  });

const shared = {
  display_name: orNull(known.display_name.unwrap()),
  client_id: known.client_id,
  client_secret: known.client_secret.unwrap().optional(),
  issuer: orNull(known.issuer.unwrap()),
  authorization_url: orNull(known.authorization_url.unwrap()),
  token_url: orNull(known.token_url.unwrap()),
  api_url: orNull(known.api_url.unwrap()),
  scopes: Scopes,
  redirect_uris: lines(
    (line) => (returnUrl.safeParse(line).success ? line : null),
    "must be an absolute URL without credentials or a fragment",
  ).refine((urls) => urls.length <= 100, "must have at most 100 entries"),
  delivery: known.delivery,
  enabled: checkbox,
};

function withDefaultScopes<Input extends { provider: ProviderName; scopes: string[] }>(input: Input): Input {
  return input.scopes.length > 0 ? input : { ...input, scopes: PROVIDERS[input.provider].scopes };
}

export const NewConnectionForm = z
  .object({ ...shared, provider: known.provider, connection: known.connection.optional() })
  .transform(withDefaultScopes);

/** `name` is the connection to update. */
export const ConnectionForm = z
  .object({ ...shared, provider: known.provider, name: text(CONNECTION_NAME_LENGTH) })
  .transform(withDefaultScopes);

export const ConnectionName = z.object({ name: text(CONNECTION_NAME_LENGTH) });
