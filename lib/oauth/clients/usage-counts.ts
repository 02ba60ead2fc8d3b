/** Client usage counts, for the confirmation before a deletion. */
import { prepared } from "../../database/client";
import { isActive } from "../../refresh/active";

/** Bounds the cost of the counts. */
export const MAX_COUNTED = 10_000;

export interface ClientUsage {
  /** Users with a consent or an active grant, up to MAX_COUNTED. */
  users: number;
  /** Active grants, up to MAX_COUNTED. */
  grants: number;
}

export async function countClientUsage(appId: string, clientId: string): Promise<ClientUsage> {
  const [row] = await prepared<ClientUsage>(
    "client-use",
    `WITH active AS (SELECT "userId" FROM "Grant" g WHERE "appId" = $1 AND "clientId" = $2 AND ${isActive("g")} LIMIT ${MAX_COUNTED}),
       allowed AS (SELECT "userId" FROM "Consent" WHERE "appId" = $1 AND "clientId" = $2 LIMIT ${MAX_COUNTED})
     SELECT (SELECT count(*)::int FROM active) AS "grants",
       (SELECT least(count(*), ${MAX_COUNTED})::int FROM (TABLE active UNION TABLE allowed) AS people) AS "users"`,
    [appId, clientId],
  );
  return row ?? { users: 0, grants: 0 };
}
