import { sendPasswordReset } from "@/lib/account/forgot-password";
import { userInPath } from "@/lib/http/path-guards";
import { SENT } from "@/lib/http/respond";
import { route } from "@/lib/http/route";

export const POST = route({
  guard: userInPath,
  status: 202,
  run: async ({ app, userId, by }) => {
    await sendPasswordReset(app, userId, by);
    return SENT;
  },
});
