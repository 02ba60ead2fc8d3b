import { listSigningKeys } from "@/lib/apps/key-rotation";
import { NamedListQuery, slicePage } from "@/lib/database/pagination";
import { apiKey } from "@/lib/http/guards";
import { route } from "@/lib/http/route";

export const GET = route({
  guard: apiKey,
  query: NamedListQuery,
  run: async ({ app, query }) => slicePage(await listSigningKeys(app.id), query, (key) => key.kid),
});
