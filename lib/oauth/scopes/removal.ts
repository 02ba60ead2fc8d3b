/**
 * Removal of a scope from consents and grants. Runs in batches in key order, so that each statement
 * holds its locks only briefly.
 */
import { inApp } from "../../database/by-key";
import { prepared } from "../../database/client";

const PIECE = 2000;

interface Walk {
  table: string;
  /** The columns of the primary key after appId. */
  key: string[];
  /** Whether the row `t` contains the scope `$2`. */
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

/** Locks and updates the matching rows of a batch in key order. Returns the batch's last key. */
function statementOf({ table, key, holds, changes }: Walk): string {
  const columns = (of: string) => key.map((column) => `${of}"${column}"`).join(", ");
  const after = key.map((_, index) => `$${index + 3}`).join(", ");
  // IS NOT DISTINCT FROM keeps PostgreSQL from using the index on a client's consents.
  const [first = "", ...rest] = key;
  const same = (of: string) =>
    [
      `t."${first}" = ${of}."${first}"`,
      ...rest.map((column) => `t."${column}" IS NOT DISTINCT FROM ${of}."${column}"`),
    ].join(" AND ");
  return `
    WITH piece AS (SELECT ${columns("")} FROM "${table}" WHERE "appId" = $1 AND (${columns("")}) > (${after})
      ORDER BY ${columns("")} LIMIT ${PIECE}),
    held AS MATERIALIZED (SELECT locked.* FROM piece CROSS JOIN LATERAL (
      SELECT ${columns("t.")} FROM "${table}" t WHERE ${inApp("t")} AND ${same("piece")} AND ${holds} LIMIT 1 FOR NO KEY UPDATE
    ) AS locked),
    changed AS (UPDATE "${table}" t SET ${changes} FROM held WHERE ${inApp("t")} AND ${same("held")})
    SELECT ${columns("")} FROM piece ORDER BY ${key.map((column) => `"${column}" DESC`).join(", ")} LIMIT 1`;
}

/** Processes the batch after a key. Returns its last key, or null if no rows are left. */
async function removeBatch(walk: Walk, appId: string, name: string, after: string[]): Promise<string[] | null> {
  const values = [appId, name, ...after];
  const [last] = await prepared<Record<string, string>>(`forget-scope/${walk.table}`, statementOf(walk), values);
  return last ? walk.key.map((column) => last[column] ?? "") : null;
}

/** Removes a scope from all consents and grants of an app. Idempotent. */
export async function removeScopeFromConsents(appId: string, name: string): Promise<void> {
  for (const walk of WALKS) {
    let after: string[] | null = walk.key.map(() => "");
    while (after) after = await removeBatch(walk, appId, name, after);
  }
}
