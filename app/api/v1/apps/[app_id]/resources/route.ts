import { ListQuery, slicePage } from "@/lib/database/pagination";
import { apiKey } from "@/lib/http/guards";
import { route } from "@/lib/http/route";
import { CreateResourceBody } from "@/lib/oauth/resources/inputs";
import { listResources, serializeResource } from "@/lib/oauth/resources/resource";
import { createResource } from "@/lib/oauth/resources/resources";

export const GET = route({
  guard: apiKey,
  query: ListQuery,
  run: async ({ app, query }) => slicePage((await listResources(app.id)).map(serializeResource), query, ({ id }) => id),
});

export const POST = route({
  guard: apiKey,
  body: CreateResourceBody,
  status: 201,
  idempotent: true,
  run: ({ app, by, body }) => createResource(app, body, by),
});
