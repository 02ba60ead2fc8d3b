import { z } from "zod";
import { optionalApiKey } from "@/lib/http/guards";
import { route } from "@/lib/http/route";
import { passkeySignInOptions } from "@/lib/signin/passkey";

export const POST = route({
  guard: optionalApiKey,
  body: z.object({}),
  bodyOptional: true,
  run: ({ app }) => passkeySignInOptions(app),
});
