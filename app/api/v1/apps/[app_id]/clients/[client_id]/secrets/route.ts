import { ListQuery, slicePage } from "@/lib/database/pagination";
import { clientInPath } from "@/lib/http/path-guards";
import { route } from "@/lib/http/route";
import { rotateClientSecret } from "@/lib/oauth/clients/clients";
import { listClientSecrets } from "@/lib/oauth/clients/secrets";

export const GET = route({
  guard: clientInPath,
  query: ListQuery,
  run: async ({ app, client, query }) =>
    slicePage(await listClientSecrets(app.id, client.id), query, ({ secret_id }) => secret_id),
});

export const POST = route({
  guard: clientInPath,
  status: 201,
  idempotent: true,
  run: ({ app, client, by }) => rotateClientSecret(app.id, client.id, by),
});
