/** API reference: custom claims. */
import * as oneClaim from "@/app/api/v1/apps/[app_id]/claims/[claim_id]/route";
import * as allClaims from "@/app/api/v1/apps/[app_id]/claims/route";
import type { Group } from "@/lib/http/openapi/operation";
import { created, noContent, ok } from "./responses";
import { Claim } from "./schemas/claims";
import { page } from "./schemas/fields";

const CLAIMS = "/api/v1/apps/{app_id}/claims";

export const claims: Group = {
  slug: "claims",
  name: "Custom claims",
  description:
    "What the app adds to its tokens and to userinfo. The value comes from the user's metadata or profile, or is a constant. A token has at most 4 KB of custom claims.",
  operations: [
    {
      id: "listClaims",
      method: "get",
      path: CLAIMS,
      handler: allClaims.GET,
      summary: "List custom claims",
      answers: [ok("A page of claims, oldest first.", page(Claim))],
    },
    {
      id: "createClaim",
      method: "post",
      path: CLAIMS,
      handler: allClaims.POST,
      summary: "Create a custom claim",
      description:
        "The next token has it. Names that standards or Foyer define are rejected, and so is a claim that doesn't fit into the tokens of a user.",
      answers: [created("The new claim.", Claim)],
      errors: ["claim_taken", "too_many_claims"],
      examples: [
        { body: { name: "plan", source: { public_metadata: "plan" }, targets: ["id_token", "access_token"] } },
      ],
    },
    {
      id: "getClaim",
      method: "get",
      path: `${CLAIMS}/{claim_id}`,
      handler: oneClaim.GET,
      summary: "Get a custom claim",
      answers: [ok("The claim.", Claim)],
    },
    {
      id: "updateClaim",
      method: "patch",
      path: `${CLAIMS}/{claim_id}`,
      handler: oneClaim.PATCH,
      summary: "Update a custom claim",
      description: "Omitted fields stay unchanged. Targets are replaced as a whole. The next token has the change.",
      answers: [ok("The updated claim.", Claim)],
      errors: ["claim_taken"],
      examples: [{ body: { targets: ["userinfo"] } }],
    },
    {
      id: "deleteClaim",
      method: "delete",
      path: `${CLAIMS}/{claim_id}`,
      handler: oneClaim.DELETE,
      summary: "Delete a custom claim",
      description: "Existing tokens keep it until they expire.",
      answers: [noContent("The claim was deleted.")],
    },
  ],
};
