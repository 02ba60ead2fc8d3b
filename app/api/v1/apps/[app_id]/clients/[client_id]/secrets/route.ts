import { clientInPath } from "@/lib/http/path-guards";
import { route } from "@/lib/http/route";
import { rotateClientSecret } from "@/lib/oauth/clients/clients";

export const POST = route({
  guard: clientInPath,
  status: 201,
  idempotent: true,
  run: ({ app, client, by }) => rotateClientSecret(app.id, client.id, by),
});
