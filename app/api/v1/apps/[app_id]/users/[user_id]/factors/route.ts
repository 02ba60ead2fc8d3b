import { factorView, listFactors } from "@/lib/factors/factor";
import { resetFactorsOfUser } from "@/lib/factors/reset";
import { existingUserInPath } from "@/lib/http/path-guards";
import { route } from "@/lib/http/route";

export const GET = route({
  guard: existingUserInPath,
  run: async ({ app, userId }) => ({ data: (await listFactors(app.id, userId)).map(factorView) }),
});

export const DELETE = route({
  guard: existingUserInPath,
  status: 204,
  run: ({ app, userId, by }) => resetFactorsOfUser(app, userId, by),
});
