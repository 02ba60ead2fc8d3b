import { ResetBody } from "@/lib/account/inputs";
import { resetPassword } from "@/lib/account/reset-password";
import { route } from "@/lib/http/route";
import { redeemer } from "@/lib/limits/redeem";

export const POST = route({
  guard: redeemer,
  body: ResetBody,
  status: 204,
  run: ({ app, body }) => resetPassword(app, body.token, body.password),
});
