import { getApiKey, revokeApiKey } from "@/lib/apps/api-keys";
import { keyInPath } from "@/lib/http/path-guards";
import { route } from "@/lib/http/route";

export const GET = route({ guard: keyInPath, run: ({ app, keyId }) => getApiKey(app.id, keyId) });

export const DELETE = route({
  guard: keyInPath,
  status: 204,
  run: ({ app, keyId, by }) => revokeApiKey(app.id, keyId, by),
});
