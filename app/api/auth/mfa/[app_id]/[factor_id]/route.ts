import { removeOwnFactor } from "@/lib/factors/own-factors";
import { signedInUserOfApp } from "@/lib/http/guards";
import { route } from "@/lib/http/route";

export const DELETE = route({
  guard: signedInUserOfApp,
  status: 204,
  run: ({ app, user, sessionId, params }) =>
    removeOwnFactor(app, { userId: user.id, sessionId }, params.factor_id ?? ""),
});
