import { RotateKeysBody } from "@/lib/apps/inputs";
import { rotateSigningKeys } from "@/lib/apps/key-rotation";
import { apiKey } from "@/lib/http/guards";
import { route } from "@/lib/http/route";

export const POST = route({
  guard: apiKey,
  body: RotateKeysBody,
  idempotent: true,
  run: ({ app, by, body }) => rotateSigningKeys(app.id, body.alg, by),
});
