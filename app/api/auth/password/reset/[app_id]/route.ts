import { ResetBody } from "@/lib/account/inputs";
import { resetPassword } from "@/lib/account/reset-password";
import { optionalApiKey } from "@/lib/http/guards";
import { route } from "@/lib/http/route";

export const POST = route({
  guard: optionalApiKey,
  body: ResetBody,
  status: 204,
  run: ({ app, body }) => resetPassword(app, body.token, body.password),
});
