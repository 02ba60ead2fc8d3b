import { connectedAppInPath } from "@/lib/http/path-guards";
import { route } from "@/lib/http/route";
import { disconnectClientOfUser } from "@/lib/oauth/revoke-grant";

export const DELETE = route({
  guard: connectedAppInPath,
  status: 204,
  run: ({ app, userId, clientId, by }) => disconnectClientOfUser(app.id, userId, clientId, by),
});
