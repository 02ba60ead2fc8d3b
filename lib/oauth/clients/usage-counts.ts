/** How much a client is used: what would end with it. */
import { prepared } from "../../database/client";
import { isActive } from "../../refresh/active";

/** Counting millions takes long and tells nobody more than "many". */
export const MAX_COUNTED = 10_000;

export interface ClientUsage {
  /** Who have allowed it something, or are connected without being asked; up to MOST_COUNTED. */
  users: number;
  /** Connections that live, one per device and sign-in, up to MOST_COUNTED. */
  grants: number;
}

export async function countClientUsage(appId: string, clientId: string): Promise<ClientUsage> {
  const [row] = await prepared<ClientUsage>(
    "client-use",
    `WITH live AS (SELECT "userId" FROM "Grant" g WHERE "appId" = $1 AND "clientId" = $2 AND ${isActive("g")} LIMIT ${MAX_COUNTED}),
       allowed AS (SELECT "userId" FROM "Consent" WHERE "appId" = $1 AND "clientId" = $2 LIMIT ${MAX_COUNTED})
     SELECT (SELECT count(*)::int FROM live) AS "grants",
       (SELECT least(count(*), ${MAX_COUNTED})::int FROM (TABLE live UNION TABLE allowed) AS people) AS "users"`,
    [appId, clientId],
  );
  return row ?? { users: 0, grants: 0 };
}
