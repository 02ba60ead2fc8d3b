/** OAuth clients and scopes of an App. */
import * as oneClient from "@/app/api/v1/apps/[app_id]/clients/[client_id]/route";
import { DELETE as revokeSecret } from "@/app/api/v1/apps/[app_id]/clients/[client_id]/secrets/[secret_id]/route";
import * as secrets from "@/app/api/v1/apps/[app_id]/clients/[client_id]/secrets/route";
import * as allClients from "@/app/api/v1/apps/[app_id]/clients/route";
import * as oneScope from "@/app/api/v1/apps/[app_id]/scopes/[scope]/route";
import * as allScopes from "@/app/api/v1/apps/[app_id]/scopes/route";
import type { Group } from "@/lib/http/openapi/operation";
import { created, done, ok } from "./answer";
import { Client, ClientSecret, NewClient, NewClientSecret, Scope } from "./answers/clients";
import { page } from "./answers/fields";

const CLIENTS = "/api/v1/apps/{app_id}/clients";
const SCOPES = "/api/v1/apps/{app_id}/scopes";

export const clients: Group = {
  slug: "clients",
  name: "Clients",
  description: "The applications that sign your users in by OAuth 2 and OpenID Connect: other people's, and your own.",
  operations: [
    {
      id: "listClients",
      method: "get",
      path: CLIENTS,
      handler: allClients.GET,
      summary: "List clients",
      description: "Newest first. `q` finds a part of the name.",
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
        "Without more than a name and a redirect URI: a confidential client for the authorization code with PKCE and refresh tokens.",
      answers: [created("The new client, with its secret.", NewClient)],
      examples: [
        { body: { client_name: "SuperPhotoPrints", redirect_uris: ["https://photos.example/callback"] } },
        {
          title: "A machine that acts for itself",
          body: { client_name: "Nightly report", grant_types: ["client_credentials"], scopes: [] },
        },
      ],
    },
    {
      id: "getClient",
      method: "get",
      path: `${CLIENTS}/{client_id}`,
      handler: oneClient.GET,
      summary: "Read a client",
      answers: [ok("The client.", Client)],
    },
    {
      id: "updateClient",
      method: "patch",
      path: `${CLIENTS}/{client_id}`,
      handler: oneClient.PATCH,
      summary: "Change a client",
      description: "What is left out stays as it is. Rules are asked of the client as a whole.",
      answers: [ok("The client as it is now.", Client)],
      examples: [{ body: { client_name: "SuperPhotoPrints Pro" } }],
    },
    {
      id: "deleteClient",
      method: "delete",
      path: `${CLIENTS}/{client_id}`,
      handler: oneClient.DELETE,
      summary: "Delete a client",
      description: "With what users allowed it, and every token that it has.",
      answers: [done("The client is gone.")],
    },
    {
      id: "listClientSecrets",
      method: "get",
      path: `${CLIENTS}/{client_id}/secrets`,
      handler: secrets.GET,
      summary: "List a client's secrets",
      description: "Those that may be used, the newest first: two at most, so that one is replaced without downtime.",
      answers: [ok("A page of secrets, without the secrets themselves.", page(ClientSecret))],
    },
    {
      id: "rotateClientSecret",
      method: "post",
      path: `${CLIENTS}/{client_id}/secrets`,
      handler: secrets.POST,
      summary: "Make a new client secret",
      description: "The one before stays valid until the next is made, so that nothing stands still in between.",
      answers: [created("The new secret.", NewClientSecret)],
      errors: ["public_client"],
    },
    {
      id: "revokeClientSecret",
      method: "delete",
      path: `${CLIENTS}/{client_id}/secrets/{secret_id}`,
      handler: revokeSecret,
      summary: "Revoke a client secret",
      description: "At once and everywhere, but never the last one.",
      answers: [done("The secret is refused from now on.")],
      errors: ["last_secret"],
    },
  ],
};

export const scopes: Group = {
  slug: "scopes",
  name: "Scopes",
  description: "What clients may ask for: the standard scopes, and those that the App defines.",
  operations: [
    {
      id: "listScopes",
      method: "get",
      path: SCOPES,
      handler: allScopes.GET,
      summary: "List scopes",
      description: "The standard ones first, then the App's own, the oldest first.",
      answers: [ok("A page of scopes.", page(Scope))],
    },
    {
      id: "createScope",
      method: "post",
      path: SCOPES,
      handler: allScopes.POST,
      summary: "Define a scope",
      answers: [created("The new scope.", Scope)],
      errors: ["scope_taken"],
      examples: [{ body: { name: "photos:read", description: "See your photos" } }],
    },
    {
      id: "getScope",
      method: "get",
      path: `${SCOPES}/{scope}`,
      handler: oneScope.GET,
      summary: "Read a scope",
      answers: [ok("The scope.", Scope)],
    },
    {
      id: "updateScope",
      method: "patch",
      path: `${SCOPES}/{scope}`,
      handler: oneScope.PATCH,
      summary: "Change a scope",
      description: "Its name stays: it is in the configuration of clients and in tokens.",
      answers: [ok("The scope as it is now.", Scope)],
      errors: ["standard_scope"],
      examples: [{ body: { description: "Look at your photos", sensitive: true } }],
    },
    {
      id: "deleteScope",
      method: "delete",
      path: `${SCOPES}/{scope}`,
      handler: oneScope.DELETE,
      summary: "Delete a scope",
      description: "Clients may ask for it no more, and what users allowed of it is forgotten.",
      answers: [done("The scope is gone.")],
      errors: ["standard_scope"],
    },
  ],
};
