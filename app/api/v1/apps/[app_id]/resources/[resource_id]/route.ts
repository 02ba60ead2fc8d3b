import { resourceInPath } from "@/lib/http/path-guards";
import { route } from "@/lib/http/route";
import { UpdateResourceBody } from "@/lib/oauth/resources/inputs";
import { serializeResource } from "@/lib/oauth/resources/resource";
import { deleteResource, getResource, updateResource } from "@/lib/oauth/resources/resources";

export const GET = route({
  guard: resourceInPath,
  run: async ({ app, resourceId }) => serializeResource(await getResource(app.id, resourceId)),
});

export const PATCH = route({
  guard: resourceInPath,
  body: UpdateResourceBody,
  run: ({ app, resourceId, by, body }) => updateResource(app.id, resourceId, body, by),
});

export const DELETE = route({
  guard: resourceInPath,
  status: 204,
  run: ({ app, resourceId, by }) => deleteResource(app.id, resourceId, by),
});
