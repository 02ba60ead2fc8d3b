/** Custom claims of a token or userinfo response. Free for apps that have none. */
import type { App } from "../apps/apps";
import { batchedStatement } from "../database/batch";
import { rowByKey } from "../database/by-key";
import { OIDC_USER_COLUMNS } from "../users/user-views";
import { type ClaimTarget, type CustomClaim, listClaims } from "./claim";
import { type ClaimUser, claimValues, needsUser } from "./values";

/** Only apps with claims about users run it. */
const readUser = batchedStatement<{ user: string }, ClaimUser>({
  name: "claims-of-user",
  types: { user: "text" },
  text: (asked) => `SELECT "nth", ${OIDC_USER_COLUMNS}, u."metadata", u."publicMetadata"
     FROM ${asked} JOIN ${rowByKey("User", "u", `u."id" = asked."user"`)} ON true`,
});

function hasScope({ scope }: CustomClaim, scopes: string[] | null): boolean {
  return scopes === null || scope === null || scopes.includes(scope);
}

/** The claims of a target for these scopes; null: for all scopes. */
export type ClaimReader = (target: ClaimTarget, scopes: string[] | null) => Record<string, unknown>;

/**
 * Reads a user once for all tokens of a response. null if the app has no claims for these targets.
 * @param userId null for a token without a user
 */
export async function readCustomClaims(
  app: App,
  userId: string | null,
  targets: readonly ClaimTarget[],
): Promise<ClaimReader | null> {
  const all = await listClaims(app.id);
  if (all.length === 0) return null;
  const due = all.filter((claim) => targets.some((target) => claim.targets.includes(target)));
  if (due.length === 0) return null;
  const user = userId !== null && due.some(needsUser) ? await readUser(app.id, { user: userId }) : null;
  return (target, scopes) => {
    const wanted = due.filter((claim) => claim.targets.includes(target) && hasScope(claim, scopes));
    return claimValues(wanted, user);
  };
}
