/** API reference: social connections. */
import * as one from "@/app/api/v1/apps/[app_id]/connections/[connection]/route";
import * as all from "@/app/api/v1/apps/[app_id]/connections/route";
import type { Group } from "@/lib/http/openapi/operation";
import { created, noContent, ok } from "./responses";
import { Connection } from "./schemas/connections";
import { page } from "./schemas/fields";

const ALL = "/api/v1/apps/{app_id}/connections";
const ONE = `${ALL}/{connection}`;

export const connections: Group = {
  slug: "connections",
  name: "Connections",
  description:
    "The identity providers that users can sign in with: GitHub, GitLab, Google and any OpenID Connect issuer.",
  operations: [
    {
      id: "listConnections",
      method: "get",
      path: ALL,
      handler: all.GET,
      summary: "List connections",
      answers: [ok("A page of connections, oldest first.", page(Connection))],
    },
    {
      id: "createConnection",
      method: "post",
      path: ALL,
      handler: all.POST,
      summary: "Create a connection",
      description:
        "Use the client ID and secret that the provider issued for `callback_url`. `oidc` also requires `issuer`; the other URLs are discovered.",
      answers: [created("The new connection.", Connection)],
      errors: ["connection_exists", "too_many_connections"],
      examples: [
        {
          title: "GitHub",
          body: {
            provider: "github",
            client_id: "Iv1.8a61f9b3a7aba766",
            client_secret: "1726be1638095a19edd134c77bde3aa2ece1e5d8",
            redirect_uris: ["https://blog.example/signed-in"],
            delivery: "code",
          },
        },
        {
          title: "OpenID issuer",
          body: {
            connection: "acme-sso",
            provider: "oidc",
            display_name: "Acme",
            client_id: "foyer",
            client_secret: "k3J-9f0Qh2",
            issuer: "https://id.acme.example",
            redirect_uris: ["https://blog.example/signed-in"],
          },
        },
      ],
    },
    {
      id: "getConnection",
      method: "get",
      path: ONE,
      handler: one.GET,
      summary: "Get a connection",
      answers: [ok("The connection, without its secret.", Connection)],
    },
    {
      id: "updateConnection",
      method: "patch",
      path: ONE,
      handler: one.PATCH,
      summary: "Update a connection",
      description:
        "Omitted fields stay unchanged. If you change a URL, send `client_secret` again, so that the stored secret is never sent to a new URL.",
      answers: [ok("The updated connection.", Connection)],
      errors: ["no_sign_in_method"],
      examples: [{ body: { enabled: false } }],
    },
    {
      id: "deleteConnection",
      method: "delete",
      path: ONE,
      handler: one.DELETE,
      summary: "Delete a connection",
      description:
        "Its users are kept, but need another way to sign in. A new connection with the same name restores their links.",
      answers: [noContent("The connection was deleted.")],
      errors: ["no_sign_in_method"],
    },
  ],
};
