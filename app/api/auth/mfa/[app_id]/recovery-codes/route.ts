import { renewRecoveryCodes } from "@/lib/factors/own-factors";
import { signedInUserOfApp } from "@/lib/http/guards";
import { route } from "@/lib/http/route";

export const POST = route({
  guard: signedInUserOfApp,
  run: async ({ app, user, sessionId }) => ({
    recovery_codes: await renewRecoveryCodes(app, { userId: user.id, sessionId }),
  }),
});
