import { CreateKeyBody, createApiKey, listApiKeys } from "@/lib/apps/api-keys";
import { ListQuery, slicePage } from "@/lib/database/pagination";
import { apiKey } from "@/lib/http/guards";
import { route } from "@/lib/http/route";

export const GET = route({
  guard: apiKey,
  query: ListQuery,
  run: async ({ app, query }) => slicePage(await listApiKeys(app.id), query, (key) => key.key_id),
});

export const POST = route({
  guard: apiKey,
  body: CreateKeyBody,
  status: 201,
  idempotent: true,
  run: ({ app, by, body }) => createApiKey(app.id, body.name, by),
});
