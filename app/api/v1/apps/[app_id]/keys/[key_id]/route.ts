import { getApiKey, revokeApiKey } from "@/lib/apps/api-keys";
import { apiKeyInPath } from "@/lib/http/path-guards";
import { route } from "@/lib/http/route";

export const GET = route({ guard: apiKeyInPath, run: ({ app, keyId }) => getApiKey(app.id, keyId) });

export const DELETE = route({
  guard: apiKeyInPath,
  status: 204,
  run: ({ app, keyId, by }) => revokeApiKey(app.id, keyId, by),
});
