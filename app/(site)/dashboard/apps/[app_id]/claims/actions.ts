"use server";

import { action, member } from "@/app/_server/action";
import { failInput, isAppError } from "@/lib/errors";
import { parseInput } from "@/lib/input";
import { createClaim, deleteClaim, updateClaim } from "@/lib/oauth/custom-claims/claims";
import { CreateClaimBody } from "@/lib/oauth/custom-claims/inputs";
import { revalidateApp } from "../app-paths";
import { ClaimForm, ClaimId } from "./inputs";

const admin = member("admin");

/** An error about the source is shown at the field of its value. */
async function atFields<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (!isAppError(error) || !error.options.fields) throw error;
    const fields = Object.entries(error.options.fields).map(([field, problem]) => {
      const [root = field] = field.split(".");
      return [root === "source" ? "source_value" : root, problem];
    });
    return failInput(Object.fromEntries(fields));
  }
}

export const createClaimAction = action({
  guard: admin,
  input: ClaimForm,
  run: async ({ app, input, by }) => {
    await atFields(async () => createClaim(app, parseInput(CreateClaimBody, input), by));
    revalidateApp(app.id);
  },
});

export const changeClaimAction = action({
  guard: admin,
  input: ClaimId.and(ClaimForm),
  run: async ({ app, input: { claim_id, ...values }, by }) => {
    await atFields(async () => updateClaim(app, claim_id, parseInput(CreateClaimBody, values), by));
    revalidateApp(app.id);
  },
});

export const deleteClaimAction = action({
  guard: admin,
  input: ClaimId,
  run: async ({ app, input, by }) => {
    await deleteClaim(app.id, input.claim_id, by);
    revalidateApp(app.id);
  },
});
