import { NamedListQuery, slicePage } from "@/lib/database/pagination";
import { apiKey } from "@/lib/http/guards";
import { route } from "@/lib/http/route";
import { connectionAnswer, createConnection, listConnections } from "@/lib/social/connections";
import { NewConnection } from "@/lib/social/inputs";

export const GET = route({
  guard: apiKey,
  query: NamedListQuery,
  run: async ({ app, query }) => {
    const all = (await listConnections(app.id)).map(connectionAnswer);
    return slicePage(all, query, ({ connection }) => connection);
  },
});

export const POST = route({
  guard: apiKey,
  body: NewConnection,
  status: 201,
  idempotent: true,
  run: ({ app, by, body }) => createConnection(app, body, by),
});
