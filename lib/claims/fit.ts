/** Whether user data fits into tokens as custom claims: at most 4 KB per token. */
import { failInput } from "../errors";
import { CLAIM_TARGETS, type CustomClaim } from "./claim";
import { type ClaimUser, claimBytes, MAX_CLAIMS_BYTES, needsUser } from "./values";

/** The target with more than 4 KB of custom claims for this user, or null. */
export function overfullTarget(claims: CustomClaim[], user: ClaimUser | null): string | null {
  return CLAIM_TARGETS.find((target) => claimBytes(claims, target, user) > MAX_CLAIMS_BYTES) ?? null;
}

/** Field → problem, for a user as it will be stored. `sent`: the fields that the request sets. */
export function claimProblems(claims: CustomClaim[], user: ClaimUser, sent: string[]): Record<string, string> {
  const target = claims.some(needsUser) ? overfullTarget(claims, user) : null;
  if (target === null) return {};
  const field = ["metadata", "public_metadata"].find((name) => sent.includes(name)) ?? sent[0] ?? "body";
  return { [field]: `doesn't fit into the app's custom claims: ${target} has room for ${MAX_CLAIMS_BYTES} bytes` };
}

/** @throws 400 */
export function requireFittingClaims(claims: CustomClaim[], user: ClaimUser, sent: string[]): void {
  const problems = claimProblems(claims, user, sent);
  if (Object.keys(problems).length > 0) failInput(problems);
}
