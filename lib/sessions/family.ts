/**
 * Moving a refresh family on. One conditional UPDATE, judged by the database's clock, decides; however many ask at once, there is one
 * lineage. Sessions (direct sign-in) and Grants (OAuth) are the two kinds of families.
 */
import { prepared } from "../db";

export interface FamilyKind {
  table: "Session" | "Grant";
  /** The column that notes the last use. */
  seen: "lastSeenAt" | "lastUsedAt";
  /** A lost answer may be asked for again for so long: the same successor is given. */
  graceSeconds: number;
}

export const SESSION_FAMILY: FamilyKind = { table: "Session", seen: "lastSeenAt", graceSeconds: 60 };
export const GRANT_FAMILY: FamilyKind = { table: "Grant", seen: "lastUsedAt", graceSeconds: 10 };

interface Family {
  appId: string;
  id: string;
  /** As it was when the token's MAC was checked; a revocation in between has replaced it. */
  salt: Uint8Array;
  idleSeconds: number;
}

const LIVE = `"appId" = $1 AND "id" = $2 AND "salt" = $3 AND "revokedAt" IS NULL AND "expiresAt" > now() AND "idleExpiresAt" > now()`;
const USED = (seen: string) =>
  `"${seen}" = now(), "idleExpiresAt" = LEAST("expiresAt", now() + make_interval(secs => $4::int))`;

/** From `counter` to the next one, or, a moment after somebody else did so, to the same one. null: the token is behind, or the family dead. */
export async function advanceFamily(
  kind: FamilyKind,
  family: Family,
  counter: number,
): Promise<{ counter: number; advanced: boolean } | null> {
  const { table, seen, graceSeconds } = kind;
  const [row] = await prepared<{ counter: number; advanced: boolean }>(
    `advance-${table}`,
    `UPDATE "${table}" SET ${USED(seen)}, "counter" = $5::int + 1,
       "rotatedAt" = CASE WHEN "counter" = $5::int THEN date_trunc('milliseconds', now()) ELSE "rotatedAt" END
     WHERE ${LIVE} AND ("counter" = $5::int
       OR ("counter" = $5::int + 1 AND "rotatedAt" > now() - make_interval(secs => ${graceSeconds})))
     RETURNING "counter", "rotatedAt" = date_trunc('milliseconds', now()) AS "advanced"`,
    [family.appId, family.id, family.salt, family.idleSeconds, counter],
  );
  return row ?? null;
}

/** Use without rotation: only puts off the idle expiry. false when the family is dead. */
export async function touchFamily(kind: FamilyKind, family: Family): Promise<boolean> {
  const rows = await prepared(
    `touch-${kind.table}`,
    `UPDATE "${kind.table}" SET ${USED(kind.seen)} WHERE ${LIVE} RETURNING 1`,
    [family.appId, family.id, family.salt, family.idleSeconds],
  );
  return rows.length > 0;
}
