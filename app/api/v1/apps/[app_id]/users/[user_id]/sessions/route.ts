import { ListQuery } from "@/lib/database/pagination";
import { existingUserInPath } from "@/lib/http/path-guards";
import { route } from "@/lib/http/route";
import { listSessionPage } from "@/lib/sessions/list";
import { revokeSessionsOfUser } from "@/lib/sessions/revoke";

export const GET = route({
  guard: existingUserInPath,
  query: ListQuery,
  run: ({ app, userId, query }) => listSessionPage(app.id, userId, query),
});

/** All of them, and every grant. */
export const DELETE = route({
  guard: existingUserInPath,
  status: 204,
  run: ({ app, userId, by }) => revokeSessionsOfUser(app.id, userId, "ended_by_owner", by),
});
