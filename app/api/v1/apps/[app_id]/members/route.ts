import { listMembers } from "@/lib/apps/members";
import { ListQuery, slicePage } from "@/lib/database/pagination";
import { apiKey } from "@/lib/http/guards";
import { route } from "@/lib/http/route";

export const GET = route({
  guard: apiKey,
  query: ListQuery,
  run: async ({ app, query }) => slicePage(await listMembers(app.id), query, (member) => member.developer_id),
});
