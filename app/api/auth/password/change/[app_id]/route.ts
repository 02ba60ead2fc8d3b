import { changePassword } from "@/lib/account/change-password";
import { ChangePasswordBody } from "@/lib/account/inputs";
import { signedInUserOfApp } from "@/lib/http/guards";
import { route } from "@/lib/http/route";

export const POST = route({
  guard: signedInUserOfApp,
  body: ChangePasswordBody,
  status: 204,
  run: ({ app, user, sessionId, body: { current_password: currentPassword, new_password: newPassword } }) =>
    changePassword(app, { userId: user.id, sessionId, currentPassword, newPassword }),
});
