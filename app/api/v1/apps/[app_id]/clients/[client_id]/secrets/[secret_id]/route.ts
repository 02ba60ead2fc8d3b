import { secretInPath } from "@/lib/http/path-guards";
import { route } from "@/lib/http/route";
import { revokeClientSecret } from "@/lib/oauth/clients/secrets";

export const DELETE = route({
  guard: secretInPath,
  status: 204,
  run: ({ app, client, secretId, by }) => revokeClientSecret(app.id, client.id, secretId, by),
});
