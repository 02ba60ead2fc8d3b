/** API reference: resources (RFC 8707). */
import * as oneResource from "@/app/api/v1/apps/[app_id]/resources/[resource_id]/route";
import * as allResources from "@/app/api/v1/apps/[app_id]/resources/route";
import type { Group } from "@/lib/http/openapi/operation";
import { created, noContent, ok } from "./responses";
import { page } from "./schemas/fields";
import { Resource } from "./schemas/resources";

const RESOURCES = "/api/v1/apps/{app_id}/resources";

export const resources: Group = {
  slug: "resources",
  name: "Resources",
  description:
    "The APIs that access tokens can be issued for. A client names one with the parameter `resource` (RFC 8707), and its token has the identifier as `aud`.",
  operations: [
    {
      id: "listResources",
      method: "get",
      path: RESOURCES,
      handler: allResources.GET,
      summary: "List resources",
      answers: [ok("A page of resources, oldest first.", page(Resource))],
    },
    {
      id: "createResource",
      method: "post",
      path: RESOURCES,
      handler: allResources.POST,
      summary: "Create a resource",
      description:
        "Each scope belongs to one resource; scopes without one belong to the issuer. If another resource was the default, it no longer is.",
      answers: [created("The new resource.", Resource)],
      errors: ["resource_exists", "too_many_resources"],
      examples: [{ body: { identifier: "https://photos.example/api", name: "Photos API" } }],
    },
    {
      id: "getResource",
      method: "get",
      path: `${RESOURCES}/{resource_id}`,
      handler: oneResource.GET,
      summary: "Get a resource",
      answers: [ok("The resource.", Resource)],
    },
    {
      id: "updateResource",
      method: "patch",
      path: `${RESOURCES}/{resource_id}`,
      handler: oneResource.PATCH,
      summary: "Update a resource",
      description:
        "Omitted fields stay unchanged. Scopes are replaced as a whole. A new identifier is in the next token; existing grants stay valid.",
      answers: [ok("The updated resource.", Resource)],
      errors: ["resource_exists"],
      examples: [{ body: { name: "Photos API v2", access_token_ttl_seconds: 300 } }],
    },
    {
      id: "deleteResource",
      method: "delete",
      path: `${RESOURCES}/{resource_id}`,
      handler: oneResource.DELETE,
      summary: "Delete a resource",
      description:
        "Clients can no longer name it, and its scopes belong to the issuer. Access tokens stay valid until they expire.",
      answers: [noContent("The resource was deleted.")],
    },
  ],
};
