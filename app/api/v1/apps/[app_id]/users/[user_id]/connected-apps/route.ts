import { ListQuery } from "@/lib/database/pagination";
import { existingUserInPath } from "@/lib/http/path-guards";
import { route } from "@/lib/http/route";
import { listConnectedAppPage } from "@/lib/oauth/consent";

export const GET = route({
  guard: existingUserInPath,
  query: ListQuery,
  run: ({ app, userId, query }) => listConnectedAppPage(app.id, userId, query),
});
