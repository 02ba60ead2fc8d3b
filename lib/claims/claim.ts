/** Custom claims of an app: what it adds to its tokens and to userinfo. */
import { cached } from "../database/cache";
import { type CustomClaim as ClaimRow, db } from "../database/client";

export const CLAIM_TARGETS = ["id_token", "access_token", "userinfo", "direct_token"] as const;
export type ClaimTarget = (typeof CLAIM_TARGETS)[number];

export type ClaimSource =
  | { public_metadata: string }
  | { metadata: string }
  | { profile: string }
  | { constant: unknown };

export interface CustomClaim {
  id: string;
  name: string;
  source: ClaimSource;
  /** null: for every scope. */
  scope: string | null;
  targets: ClaimTarget[];
  createdAt: Date;
  updatedAt: Date;
}

export function claimFromRow({ appId: _, ...row }: ClaimRow): CustomClaim {
  return { ...row, source: row.source as ClaimSource, targets: row.targets as ClaimTarget[] };
}

/** All custom claims of an app, oldest first, from the cache: every token request reads them. */
export function listClaims(appId: string): Promise<CustomClaim[]> {
  return cached(appId, "custom-claims", async () => {
    const rows = await db().customClaim.findMany({ where: { appId }, orderBy: { id: "asc" } });
    return rows.map(claimFromRow);
  });
}

/** A custom claim in API responses. */
export function serializeClaim(claim: CustomClaim) {
  return {
    id: claim.id,
    name: claim.name,
    source: claim.source,
    scope: claim.scope,
    targets: claim.targets,
    created_at: claim.createdAt.toISOString(),
    updated_at: claim.updatedAt.toISOString(),
  };
}
