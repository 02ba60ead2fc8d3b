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

export interface Family {
  appId: string;
  id: string;
  /** The token's; a revocation has replaced that of the row. */
  salt: Uint8Array;
  idleSeconds: number;
}

// The family is `f`, its user `u`.
const LIVE = `f."appId" = $1 AND f."id" = $2 AND f."salt" = $3
  AND f."revokedAt" IS NULL AND f."expiresAt" > now() AND f."idleExpiresAt" > now()`;
const USED = (seen: string) =>
  `"${seen}" = now(), "idleExpiresAt" = LEAST(f."expiresAt", now() + make_interval(secs => $4::int))`;

/** What else must hold for a family to move on, and what is to be known of it then; its own values are $6 and on. */
interface Joined {
  where: string;
  returning: string;
  values: unknown[];
}

export interface Moved {
  counter: number;
  /** By this use; otherwise by another one, a moment ago. */
  advanced: boolean;
}

/**
 * From `counter` to the next one, or, a moment after somebody else did so, to the same one, in one statement with all that it depends on. null:
 * the token is behind, or something that it stands on is gone.
 */
export async function advanceFamily<Row extends object>(
  kind: FamilyKind,
  family: Family,
  counter: number,
  { where, returning, values }: Joined,
): Promise<(Moved & Row) | null> {
  const { table, seen, graceSeconds } = kind;
  const [row] = await prepared<Moved & Row>(
    `advance-${table}`,
    `UPDATE "${table}" f SET ${USED(seen)}, "counter" = $5::int + 1,
       "rotatedAt" = CASE WHEN f."counter" = $5::int THEN date_trunc('milliseconds', now()) ELSE f."rotatedAt" END
     FROM "User" u
     WHERE ${LIVE} AND (f."counter" = $5::int
         OR (f."counter" = $5::int + 1 AND f."rotatedAt" > now() - make_interval(secs => ${graceSeconds})))
       AND u."appId" = f."appId" AND u."id" = f."userId" AND u."disabledAt" IS NULL AND ${where}
     RETURNING f."counter", f."rotatedAt" = date_trunc('milliseconds', now()) AS "advanced", ${returning}`,
    [family.appId, family.id, family.salt, family.idleSeconds, counter, ...values],
  );
  return row ?? null;
}

/** Use without rotation: only puts off the idle expiry. false when the family is dead. */
export async function touchFamily(kind: FamilyKind, family: Family): Promise<boolean> {
  const rows = await prepared(
    `touch-${kind.table}`,
    `UPDATE "${kind.table}" f SET ${USED(kind.seen)} WHERE ${LIVE} RETURNING 1`,
    [family.appId, family.id, family.salt, family.idleSeconds],
  );
  return rows.length > 0;
}
