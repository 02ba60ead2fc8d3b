/** API reference: dynamic client registration (RFC 7591, RFC 7592). */
import * as registered from "@/app/o/[app]/register/[client_id]/route";
import { POST as register } from "@/app/o/[app]/register/route";
import type { Group } from "@/lib/http/openapi/operation";
import { created, noContent, ok } from "./responses";
import { ClientMetadata, ClientMetadataUpdate, Registration } from "./schemas/registration";

const REGISTER = "/o/{app_id}/register";
const REGISTERED = `${REGISTER}/{client_id}`;

const EXAMPLE = {
  client_name: "Photo agent",
  redirect_uris: ["https://agent.example/callback"],
  grant_types: ["authorization_code"],
  token_endpoint_auth_method: "client_secret_basic",
};

export const registration: Group = {
  slug: "registration",
  name: "Client registration",
  description:
    "Clients that register themselves, if the app's setting `registration` is `open`, or `token` with a registration token, or if `mcp` is on.",
  operations: [
    {
      id: "registerClient",
      method: "post",
      path: REGISTER,
      handler: register,
      summary: "Register a client",
      description:
        "RFC 7591 and OpenID Connect Dynamic Client Registration. Unknown members and software statements are ignored, and a member that is null or empty text counts as absent. Without a registration token, an IP address can register 10 clients per hour, and a client can't use grants without a user.",
      accepts: { security: ["registrationToken", null], body: ClientMetadata },
      answers: [created("The client, with its secret and its registration access token.", Registration)],
      oauthErrors: [
        "invalid_request",
        "invalid_redirect_uri",
        "invalid_client_metadata",
        "invalid_token",
        "registration_off",
        "rate_limited",
        "temporarily_unavailable",
      ],
      examples: [{ body: EXAMPLE }],
    },
    {
      id: "getRegistration",
      method: "get",
      path: REGISTERED,
      handler: registered.GET,
      summary: "Get a registered client",
      description: "RFC 7592 §2.1. The response has no client secret, of which Foyer stores only a hash.",
      accepts: { security: ["registrationToken"] },
      answers: [ok("The client.", Registration)],
      oauthErrors: ["invalid_token", "registration_off", "temporarily_unavailable"],
    },
    {
      id: "updateRegistration",
      method: "put",
      path: REGISTERED,
      handler: registered.PUT,
      summary: "Update a registered client",
      description:
        "RFC 7592 §2.2. Replaces all metadata: an absent member gets its default, except the authentication method, which stays. The registration access token doesn't change.",
      accepts: { security: ["registrationToken"], body: ClientMetadataUpdate },
      answers: [ok("The client.", Registration)],
      oauthErrors: [
        "invalid_request",
        "invalid_redirect_uri",
        "invalid_client_metadata",
        "invalid_token",
        "registration_off",
        "temporarily_unavailable",
      ],
      examples: [{ body: { client_id: "cli_1k8p3m7q2x4v9a_01kax8s0e2c4f6h8j0m2p4r6t8", ...EXAMPLE } }],
    },
    {
      id: "deleteRegistration",
      method: "delete",
      path: REGISTERED,
      handler: registered.DELETE,
      summary: "Delete a registered client",
      description: "RFC 7592 §2.3. Deletes its consents, grants and tokens.",
      accepts: { security: ["registrationToken"] },
      answers: [noContent("The client is deleted.")],
      oauthErrors: ["invalid_token", "registration_off", "temporarily_unavailable"],
    },
  ],
};
