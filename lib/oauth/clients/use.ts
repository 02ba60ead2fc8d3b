/** How much a client is used: what would end with it. */
import { prepared } from "../../database/client";
import { lives } from "../../refresh/active";

/** Counting millions takes long and tells nobody more than "many". */
export const MOST_COUNTED = 10_000;

export interface ClientUse {
  /** Who have allowed it something, or are connected without being asked; up to MOST_COUNTED. */
  users: number;
  /** Connections that live, one per device and sign-in, up to MOST_COUNTED. */
  grants: number;
}

export async function countClientUse(appId: string, clientId: string): Promise<ClientUse> {
  const [row] = await prepared<ClientUse>(
    "client-use",
    `WITH live AS (SELECT "userId" FROM "Grant" g WHERE "appId" = $1 AND "clientId" = $2 AND ${lives("g")} LIMIT ${MOST_COUNTED}),
       allowed AS (SELECT "userId" FROM "Consent" WHERE "appId" = $1 AND "clientId" = $2 LIMIT ${MOST_COUNTED})
     SELECT (SELECT count(*)::int FROM live) AS "grants",
       (SELECT least(count(*), ${MOST_COUNTED})::int FROM (TABLE live UNION TABLE allowed) AS people) AS "users"`,
    [appId, clientId],
  );
  return row ?? { users: 0, grants: 0 };
}
