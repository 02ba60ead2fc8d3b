import { removeFactorOfUser } from "@/lib/factors/reset";
import { factorInPath } from "@/lib/http/path-guards";
import { route } from "@/lib/http/route";

export const DELETE = route({
  guard: factorInPath,
  status: 204,
  run: ({ app, userId, factorId, by }) => removeFactorOfUser(app, userId, factorId, by),
});
