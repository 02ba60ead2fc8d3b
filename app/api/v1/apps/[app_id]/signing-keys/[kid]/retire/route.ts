import { retireSigningKey } from "@/lib/apps/key-retirement";
import { signingKeyInPath } from "@/lib/http/path-guards";
import { route } from "@/lib/http/route";

export const POST = route({
  guard: signingKeyInPath,
  run: ({ app, kid, by }) => retireSigningKey(app.id, kid, by),
});
