/** Managing the connections of an App. */
import * as one from "@/app/api/v1/apps/[app_id]/connections/[connection]/route";
import * as all from "@/app/api/v1/apps/[app_id]/connections/route";
import type { Group } from "@/lib/http/openapi/operation";
import { created, done, ok } from "./answer";
import { Connection } from "./answers/connections";
import { page } from "./answers/fields";

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
      answers: [ok("A page of connections, the oldest first.", page(Connection))],
    },
    {
      id: "createConnection",
      method: "post",
      path: ALL,
      handler: all.POST,
      summary: "Create a connection",
      description:
        "With the id and secret that the provider gave you for `callback_url`. For `oidc` the issuer is needed, and nothing more.",
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
          title: "An OpenID issuer",
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
      summary: "Read a connection",
      answers: [ok("The connection, without its secret.", Connection)],
    },
    {
      id: "updateConnection",
      method: "patch",
      path: ONE,
      handler: one.PATCH,
      summary: "Change a connection",
      description:
        "What is left out stays as it is. With an address that changes, the secret must be given again, so that nobody learns it by sending it elsewhere.",
      answers: [ok("The connection as it is now.", Connection)],
      examples: [{ body: { enabled: false } }],
    },
    {
      id: "deleteConnection",
      method: "delete",
      path: ONE,
      handler: one.DELETE,
      summary: "Delete a connection",
      description: "Its users stay, and are known again should it be made again; until then they need another way in.",
      answers: [done("The connection is gone.")],
    },
  ],
};
