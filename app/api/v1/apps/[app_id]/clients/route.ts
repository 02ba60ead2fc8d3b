import { PageQuery } from "@/lib/database/pagination";
import { apiKey } from "@/lib/http/guards";
import { route } from "@/lib/http/route";
import { createClient, listClients } from "@/lib/oauth/clients/clients";
import { CreateClientBody } from "@/lib/oauth/clients/inputs";

export const GET = route({ guard: apiKey, query: PageQuery, run: ({ app, query }) => listClients(app.id, query) });

export const POST = route({
  guard: apiKey,
  body: CreateClientBody,
  status: 201,
  idempotent: true,
  run: ({ app, by, body }) => createClient(app.id, body, by),
});
