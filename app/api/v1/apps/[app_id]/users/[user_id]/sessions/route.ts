import { ListQuery } from "@/lib/database/pagination";
import { livingUserInPath } from "@/lib/http/path-guards";
import { route } from "@/lib/http/route";
import { listSessionPage } from "@/lib/sessions/list";
import { revokeSessionsOfUser } from "@/lib/sessions/revoke";

export const GET = route({
  guard: livingUserInPath,
  query: ListQuery,
  run: ({ app, userId, query }) => listSessionPage(app.id, userId, query),
});

/** All of them, and every grant. */
export const DELETE = route({
  guard: livingUserInPath,
  status: 204,
  run: ({ app, userId, by }) => revokeSessionsOfUser(app.id, userId, "ended_by_owner", by),
});
