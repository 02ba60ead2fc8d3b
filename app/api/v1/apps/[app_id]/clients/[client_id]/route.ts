import { clientInPath } from "@/lib/http/path-guards";
import { route } from "@/lib/http/route";
import { deleteClient, serializeClient, updateClient } from "@/lib/oauth/clients/clients";
import { UpdateClientBody } from "@/lib/oauth/clients/inputs";

export const GET = route({ guard: clientInPath, run: async ({ client }) => serializeClient(client) });

export const PATCH = route({
  guard: clientInPath,
  body: UpdateClientBody,
  run: ({ app, client, by, body }) => updateClient(app.id, client.id, body, by),
});

export const DELETE = route({
  guard: clientInPath,
  status: 204,
  run: ({ app, client, by }) => deleteClient(app.id, client.id, by),
});
