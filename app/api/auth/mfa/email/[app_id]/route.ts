import { startOwnEmailFactor } from "@/lib/factors/email/enrollment";
import { signedInUserOfApp } from "@/lib/http/guards";
import { SENT } from "@/lib/http/respond";
import { route } from "@/lib/http/route";

export const POST = route({
  guard: signedInUserOfApp,
  status: 202,
  run: async ({ app, user, sessionId }) => {
    await startOwnEmailFactor(app, { user, sessionId });
    return SENT;
  },
});
