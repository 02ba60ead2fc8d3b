import { listClaims, serializeClaim } from "@/lib/claims/claim";
import { ListQuery, slicePage } from "@/lib/database/pagination";
import { apiKey } from "@/lib/http/guards";
import { route } from "@/lib/http/route";
import { createClaim } from "@/lib/oauth/custom-claims/claims";
import { CreateClaimBody } from "@/lib/oauth/custom-claims/inputs";

export const GET = route({
  guard: apiKey,
  query: ListQuery,
  run: async ({ app, query }) => slicePage((await listClaims(app.id)).map(serializeClaim), query, ({ id }) => id),
});

export const POST = route({
  guard: apiKey,
  body: CreateClaimBody,
  status: 201,
  idempotent: true,
  run: ({ app, by, body }) => createClaim(app, body, by),
});
