import { sessionInPath } from "@/lib/http/path-guards";
import { route } from "@/lib/http/route";
import { endSessionOfUser } from "@/lib/sessions/end";

export const DELETE = route({
  guard: sessionInPath,
  status: 204,
  run: ({ app, userId, sessionId, by }) => endSessionOfUser(app.id, userId, sessionId, by),
});
