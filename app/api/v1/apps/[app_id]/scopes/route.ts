import { NamedListQuery, slicePage } from "@/lib/database/pagination";
import { apiKey } from "@/lib/http/guards";
import { route } from "@/lib/http/route";
import { CreateScopeBody, createScope, listScopes } from "@/lib/oauth/scopes/scopes";

export const GET = route({
  guard: apiKey,
  query: NamedListQuery,
  run: async ({ app, query }) => slicePage([...(await listScopes(app.id)).values()], query, (scope) => scope.name),
});

export const POST = route({
  guard: apiKey,
  body: CreateScopeBody,
  status: 201,
  idempotent: true,
  run: ({ app, by, body }) => createScope(app.id, body, by),
});
