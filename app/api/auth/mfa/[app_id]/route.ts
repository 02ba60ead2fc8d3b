import { factorView, listFactors } from "@/lib/factors/factor";
import { signedInUserOfApp } from "@/lib/http/guards";
import { route } from "@/lib/http/route";

export const GET = route({
  guard: signedInUserOfApp,
  run: async ({ app, user }) => ({ data: (await listFactors(app.id, user.id)).map(factorView) }),
});
