import { sessionInPath } from "@/lib/http/path-guards";
import { route } from "@/lib/http/route";
import { revokeSessionOfUser } from "@/lib/sessions/revoke";

export const DELETE = route({
  guard: sessionInPath,
  status: 204,
  run: ({ app, userId, sessionId, by }) => revokeSessionOfUser(app.id, userId, sessionId, by),
});
