import { ResetBody } from "@/lib/account/inputs";
import { resetPassword } from "@/lib/account/reset-password";
import { redeemer } from "@/lib/http/redeem-limit";
import { route } from "@/lib/http/route";

export const POST = route({
  guard: redeemer,
  body: ResetBody,
  status: 204,
  run: ({ app, body }) => resetPassword(app, body.token, body.password),
});
