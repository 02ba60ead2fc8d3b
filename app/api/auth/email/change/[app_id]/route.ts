import { requestEmailChange } from "@/lib/account/change-email";
import { ChangeEmailBody } from "@/lib/account/inputs";
import { signedInUserOfApp } from "@/lib/http/guards";
import { SENT } from "@/lib/http/respond";
import { route } from "@/lib/http/route";

export const POST = route({
  guard: signedInUserOfApp,
  body: ChangeEmailBody,
  status: 202,
  run: async ({ app, user, sessionId, body: { email, password } }) => {
    await requestEmailChange(app, { userId: user.id, sessionId, email, password });
    return SENT;
  },
});
