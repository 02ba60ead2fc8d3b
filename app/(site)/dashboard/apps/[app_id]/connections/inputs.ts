/** What the form of a connection sends, turned into a connection. The limits are those of lib/social/inputs.ts; the words are for people. */
import { z } from "zod";
import { AppSettings } from "@/lib/apps/settings";
import { text } from "@/lib/input";
import { CONNECTION_NAME_LENGTH, ConnectionInput } from "@/lib/social/inputs";
import { PROVIDERS, type ProviderName } from "@/lib/social/list";
import { checkbox } from "../on-off";
import { lines } from "../settings/inputs";

const known = ConnectionInput.shape;
const returnUrl = AppSettings.shape.return_urls.unwrap().element;
const scope = known.scopes.element;

/** A field left empty is nothing, not something unsaid. */
function orNull<Schema extends z.ZodType>(schema: Schema) {
  return schema.optional().transform((value) => value ?? null);
}

/** Spaces or lines between them. Empty: what the provider usually takes. */
const Scopes = text(5000)
  .optional()
  .transform((value = "", context) => {
    const scopes = value.split(/\s+/).filter(Boolean);
    for (const one of scopes)
      if (!scope.safeParse(one).success)
        context.addIssue({ code: "custom", message: `“${one.slice(0, 80)}” is no scope` });
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
    "must be an absolute URL without user or fragment",
  ).refine((urls) => urls.length <= 100, "can be 100 at most"),
  delivery: known.delivery,
  enabled: checkbox,
};

function withUsualScopes<Input extends { provider: ProviderName; scopes: string[] }>(input: Input): Input {
  return input.scopes.length > 0 ? input : { ...input, scopes: PROVIDERS[input.provider].scopes };
}

export const NewConnectionForm = z
  .object({ ...shared, provider: known.provider, connection: known.connection.optional() })
  .transform(withUsualScopes);

/** `name` is the connection that is meant. */
export const ConnectionForm = z
  .object({ ...shared, provider: known.provider, name: text(CONNECTION_NAME_LENGTH) })
  .transform(withUsualScopes);

export const ConnectionName = z.object({ name: text(CONNECTION_NAME_LENGTH) });
