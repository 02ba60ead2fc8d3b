/**
 * Takes a scope out of what was allowed under its name. There may be a million such rows, so they are walked through in the order of their keys,
 * in pieces that are each done in a moment and hold nobody up.
 */
import { prepared } from "../../database/client";

const PIECE = 2000;

interface Walk {
  table: string;
  /** The rest of the primary key behind the App. */
  key: string[];
  /** `$2`: the scope; `t`: the row. */
  holds: string;
  changes: string;
}

const WALKS: Walk[] = [
  {
    table: "Consent",
    key: ["userId", "clientId"],
    holds: `($2 = ANY(t."scopes") OR $2 = ANY(t."declinedScopes"))`,
    changes: `"scopes" = array_remove(t."scopes", $2), "declinedScopes" = array_remove(t."declinedScopes", $2)`,
  },
  {
    table: "Grant",
    key: ["id"],
    holds: `t."revokedAt" IS NULL AND $2 = ANY(t."scopes")`,
    changes: `"scopes" = array_remove(t."scopes", $2)`,
  },
];

/** One piece: what of it holds the scope is locked in the order of the keys, and changed. → the last key of the piece, if there was one. */
function statementOf({ table, key, holds, changes }: Walk): string {
  const columns = (of: string) => key.map((column) => `${of}"${column}"`).join(", ");
  const after = key.map((_, index) => `$${index + 3}`).join(", ");
  const same = ["appId", ...key].map((column) => `t."${column}" = held."${column}"`).join(" AND ");
  return `
    WITH piece AS (SELECT ${columns("")} FROM "${table}" WHERE "appId" = $1 AND (${columns("")}) > (${after})
      ORDER BY ${columns("")} LIMIT ${PIECE}),
    held AS (SELECT t."appId", ${columns("t.")} FROM "${table}" t JOIN piece USING (${columns("")})
      WHERE t."appId" = $1 AND ${holds} ORDER BY ${columns("t.")} FOR NO KEY UPDATE OF t),
    changed AS (UPDATE "${table}" t SET ${changes} FROM held WHERE ${same})
    SELECT ${columns("")} FROM piece ORDER BY ${key.map((column) => `"${column}" DESC`).join(", ")} LIMIT 1`;
}

/** → the last key of the piece behind `after`; null when there was none left. */
async function forgetPiece(walk: Walk, appId: string, name: string, after: string[]): Promise<string[] | null> {
  const values = [appId, name, ...after];
  const [last] = await prepared<Record<string, string>>(`forget-scope/${walk.table}`, statementOf(walk), values);
  return last ? walk.key.map((column) => last[column] ?? "") : null;
}

/** Every row that allows the scope, whoever's it is. Calling it again does nothing more. */
export async function removeScopeFromConsents(appId: string, name: string): Promise<void> {
  for (const walk of WALKS) {
    let after: string[] | null = walk.key.map(() => "");
    while (after) after = await forgetPiece(walk, appId, name, after);
  }
}
