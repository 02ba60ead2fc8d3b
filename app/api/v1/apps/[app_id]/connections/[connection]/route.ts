import { managedConnectionInPath } from "@/lib/http/path-guards";
import { route } from "@/lib/http/route";
import { connectionAnswer, deleteConnection, getConnection, updateConnection } from "@/lib/social/connections";
import { ConnectionChanges } from "@/lib/social/inputs";

export const GET = route({
  guard: managedConnectionInPath,
  run: async ({ app, connection }) => connectionAnswer(await getConnection(app.id, connection)),
});

export const PATCH = route({
  guard: managedConnectionInPath,
  body: ConnectionChanges,
  run: ({ app, connection, by, body }) => updateConnection(app, connection, body, by),
});

export const DELETE = route({
  guard: managedConnectionInPath,
  status: 204,
  run: ({ app, connection, by }) => deleteConnection(app.id, connection, by),
});
