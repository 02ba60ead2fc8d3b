import { connectedAppInPath } from "@/lib/http/path-guards";
import { route } from "@/lib/http/route";
import { disconnectClientOf } from "@/lib/oauth/revoke-grant";

export const DELETE = route({
  guard: connectedAppInPath,
  status: 204,
  run: ({ app, userId, clientId, by }) => disconnectClientOf(app.id, userId, clientId, by),
});
