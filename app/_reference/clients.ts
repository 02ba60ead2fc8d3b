/** API reference: OAuth clients and scopes. */
import * as oneClient from "@/app/api/v1/apps/[app_id]/clients/[client_id]/route";
import { DELETE as revokeSecret } from "@/app/api/v1/apps/[app_id]/clients/[client_id]/secrets/[secret_id]/route";
import * as secrets from "@/app/api/v1/apps/[app_id]/clients/[client_id]/secrets/route";
import * as allClients from "@/app/api/v1/apps/[app_id]/clients/route";
import * as oneScope from "@/app/api/v1/apps/[app_id]/scopes/[scope]/route";
import * as allScopes from "@/app/api/v1/apps/[app_id]/scopes/route";
import type { Group } from "@/lib/http/openapi/operation";
import { created, noContent, ok } from "./responses";
import { Client, ClientSecret, NewClient, NewClientSecret, Scope } from "./schemas/clients";
import { page } from "./schemas/fields";

const CLIENTS = "/api/v1/apps/{app_id}/clients";
const SCOPES = "/api/v1/apps/{app_id}/scopes";

export const clients: Group = {
  slug: "clients",
  name: "Clients",
  description:
    "Applications that sign your users in with OAuth 2 and OpenID Connect. They can be yours or those of third parties.",
  operations: [
    {
      id: "listClients",
      method: "get",
      path: CLIENTS,
      handler: allClients.GET,
      summary: "List clients",
      description:
        "Clients with a metadata document first, then the others, newest first. `q` matches part of the name.",
      answers: [ok("A page of clients.", page(Client))],
      examples: [{ query: { limit: "20" } }],
    },
    {
      id: "createClient",
      method: "post",
      path: CLIENTS,
      handler: allClients.POST,
      summary: "Create a client",
      description:
        "With only a name and a redirect URI, Foyer creates a confidential client that uses the authorization code grant and refresh tokens.",
      answers: [created("The new client, with its secret.", NewClient)],
      examples: [
        { body: { client_name: "SuperPhotoPrints", redirect_uris: ["https://photos.example/callback"] } },
        {
          title: "Client credentials",
          body: { client_name: "Nightly report", grant_types: ["client_credentials"], scopes: [] },
        },
      ],
    },
    {
      id: "getClient",
      method: "get",
      path: `${CLIENTS}/{client_id}`,
      handler: oneClient.GET,
      summary: "Get a client",
      answers: [ok("The client.", Client)],
    },
    {
      id: "updateClient",
      method: "patch",
      path: `${CLIENTS}/{client_id}`,
      handler: oneClient.PATCH,
      summary: "Update a client",
      description: "Omitted fields stay unchanged. The resulting client is validated as a whole.",
      answers: [ok("The updated client.", Client)],
      examples: [{ body: { client_name: "SuperPhotoPrints Pro" } }],
    },
    {
      id: "deleteClient",
      method: "delete",
      path: `${CLIENTS}/{client_id}`,
      handler: oneClient.DELETE,
      summary: "Delete a client",
      description: "Also deletes its consents and revokes all its tokens.",
      answers: [noContent("The client was deleted.")],
    },
    {
      id: "listClientSecrets",
      method: "get",
      path: `${CLIENTS}/{client_id}/secrets`,
      handler: secrets.GET,
      summary: "List a client's secrets",
      description:
        "The valid secrets, newest first. A client has at most two, so you can replace one without downtime.",
      answers: [ok("A page of secrets, without their secret part.", page(ClientSecret))],
    },
    {
      id: "rotateClientSecret",
      method: "post",
      path: `${CLIENTS}/{client_id}/secrets`,
      handler: secrets.POST,
      summary: "Create a client secret",
      description:
        "The previous secret stays valid until you create another one, so you can replace it without downtime.",
      answers: [created("The new secret. It is shown only once.", NewClientSecret)],
      errors: ["public_client", "no_secret"],
    },
    {
      id: "revokeClientSecret",
      method: "delete",
      path: `${CLIENTS}/{client_id}/secrets/{secret_id}`,
      handler: revokeSecret,
      summary: "Revoke a client secret",
      description: "Takes effect immediately. The last secret cannot be revoked.",
      answers: [noContent("The secret was revoked.")],
      errors: ["last_secret"],
    },
  ],
};

export const scopes: Group = {
  slug: "scopes",
  name: "Scopes",
  description: "The scopes that clients can request: the standard scopes and those that the app defines.",
  operations: [
    {
      id: "listScopes",
      method: "get",
      path: SCOPES,
      handler: allScopes.GET,
      summary: "List scopes",
      description: "The standard scopes first, then the app's own, oldest first.",
      answers: [ok("A page of scopes.", page(Scope))],
    },
    {
      id: "createScope",
      method: "post",
      path: SCOPES,
      handler: allScopes.POST,
      summary: "Create a scope",
      answers: [created("The new scope.", Scope)],
      errors: ["scope_taken"],
      examples: [{ body: { name: "photos:read", description: "See your photos" } }],
    },
    {
      id: "getScope",
      method: "get",
      path: `${SCOPES}/{scope}`,
      handler: oneScope.GET,
      summary: "Get a scope",
      answers: [ok("The scope.", Scope)],
    },
    {
      id: "updateScope",
      method: "patch",
      path: `${SCOPES}/{scope}`,
      handler: oneScope.PATCH,
      summary: "Update a scope",
      description: "The name cannot be changed, because clients and tokens contain it.",
      answers: [ok("The updated scope.", Scope)],
      errors: ["standard_scope"],
      examples: [{ body: { description: "View your photos", sensitive: true } }],
    },
    {
      id: "deleteScope",
      method: "delete",
      path: `${SCOPES}/{scope}`,
      handler: oneScope.DELETE,
      summary: "Delete a scope",
      description: "Clients can no longer request it, and it is removed from existing consents.",
      answers: [noContent("The scope was deleted.")],
      errors: ["standard_scope"],
    },
  ],
};
