import { ListQuery } from "@/lib/database/pagination";
import { livingUserInPath } from "@/lib/http/path-guards";
import { route } from "@/lib/http/route";
import { endSessionsOfUser } from "@/lib/sessions/end";
import { listSessionPage } from "@/lib/sessions/list";

export const GET = route({
  guard: livingUserInPath,
  query: ListQuery,
  run: ({ app, userId, query }) => listSessionPage(app.id, userId, query),
});

/** All of them, and every grant. */
export const DELETE = route({
  guard: livingUserInPath,
  status: 204,
  run: ({ app, userId, by }) => endSessionsOfUser(app.id, userId, "ended_by_owner", by),
});
