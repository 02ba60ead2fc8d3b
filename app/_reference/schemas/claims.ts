/** Response schemas: custom claims. */
import { z } from "zod";
import type { serializeClaim } from "@/lib/claims/claim";
import { CLAIM_TARGETS } from "@/lib/claims/claim";
import { SOME_ID } from "@/lib/http/openapi/parameters";
import { id, text, time } from "./fields";

const source = z
  .union([
    z.object({ public_metadata: z.string() }),
    z.object({ metadata: z.string() }),
    z.object({ profile: z.string() }),
    z.object({ constant: z.unknown() }),
  ])
  .meta({ description: "Where the value comes from.", examples: [{ public_metadata: "plan" }] });

export const Claim = z
  .object({
    id: id("The claim ID.", SOME_ID.claim),
    name: text("The name in the token.", "plan"),
    source,
    scope: z
      .string()
      .nullable()
      .meta({ description: "Only tokens with this scope have the claim. null: all tokens.", examples: [null] }),
    targets: z.array(z.enum(CLAIM_TARGETS)).meta({ description: "Where the claim appears.", examples: [["id_token"]] }),
    created_at: time("When it was created."),
    updated_at: time("When it was last changed."),
  })
  .meta({ id: "Claim" }) satisfies z.ZodType<ReturnType<typeof serializeClaim>>;
