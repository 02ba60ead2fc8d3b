import { UpdateAppBody } from "@/lib/apps/inputs";
import { appAnswer, updateOwnApp } from "@/lib/apps/update";
import { apiKey } from "@/lib/http/guards";
import { route } from "@/lib/http/route";

export const GET = route({ guard: apiKey, run: async ({ app }) => appAnswer(app) });

export const PATCH = route({
  guard: apiKey,
  body: UpdateAppBody,
  run: ({ app, by, body }) => updateOwnApp(app, body, by),
});
