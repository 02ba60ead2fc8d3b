/** Schemas of dynamic client registration (RFC 7591 §2, §3.2.1). */
import { z } from "zod";
import { SOME_ID } from "@/lib/http/openapi/parameters";
import { SentMetadata } from "@/lib/oauth/registration/client-metadata";
import { id, seconds, text } from "./fields";

/** What a client sends. Unknown members are ignored. */
export const ClientMetadata = SentMetadata.meta({ id: "ClientMetadata" });

/** RFC 7592 §2.2 */
export const ClientMetadataUpdate = SentMetadata.extend({
  client_id: id("The client ID.", SOME_ID.client),
  client_secret: text("The current client secret. A client can't choose it.").optional(),
}).meta({ id: "ClientMetadataUpdate" });

const list = (description: string, ...example: string[]) =>
  z.array(z.string()).meta({ description, examples: [example] });

export const Registration = z
  .looseObject({
    client_id: id("The client ID.", SOME_ID.client),
    client_id_issued_at: seconds("When it was registered, in seconds since 1970.", 1795428000),
    client_secret: text("The client secret. It is shown only once.", "foyer_cs_1k8p3m7q2x4v9a_Vt3k…").optional(),
    client_secret_expires_at: z.int().optional().meta({ description: "Always 0: the secret doesn't expire." }),
    registration_access_token: text("The token of the configuration endpoint.", "foyer_rat_1k8p3m7q2x4v9a_Qw9z…"),
    registration_client_uri: text(
      "The URL of the configuration endpoint.",
      `https://auth.example/o/${SOME_ID.app}/register/${SOME_ID.client}`,
    ),
    client_name: text("The name on the consent page.", "Photo agent"),
    redirect_uris: list("The registered redirect URIs.", "https://agent.example/callback"),
    grant_types: list("The grant types.", "authorization_code"),
    response_types: list("RFC 6749 §3.1.1", "code"),
    token_endpoint_auth_method: text("The client authentication method.", "client_secret_basic"),
    scope: text("The scopes that the client may request.", "openid profile email offline_access"),
  })
  .meta({ id: "Registration", description: "The registered metadata (RFC 7591 §3.2.1), without absent values." });
