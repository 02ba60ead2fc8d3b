import { serializeClaim } from "@/lib/claims/claim";
import { claimInPath } from "@/lib/http/path-guards";
import { route } from "@/lib/http/route";
import { deleteClaim, getClaim, updateClaim } from "@/lib/oauth/custom-claims/claims";
import { UpdateClaimBody } from "@/lib/oauth/custom-claims/inputs";

export const GET = route({
  guard: claimInPath,
  run: async ({ app, claimId }) => serializeClaim(await getClaim(app.id, claimId)),
});

export const PATCH = route({
  guard: claimInPath,
  body: UpdateClaimBody,
  run: ({ app, claimId, by, body }) => updateClaim(app, claimId, body, by),
});

export const DELETE = route({
  guard: claimInPath,
  status: 204,
  run: ({ app, claimId, by }) => deleteClaim(app.id, claimId, by),
});
