/**
 * Moving a refresh family on. One conditional UPDATE, judged by the database's clock, decides; however many ask at once, there is one
 * lineage. Sessions (direct sign-in) and Grants (OAuth) are the two kinds of families.
 */

import { batchedStatement } from "../database/batch";
import { prepared } from "../database/client";
import { isActive } from "./active";

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

const USED = (seen: string, idle: string) =>
  `"${seen}" = now(), "idleExpiresAt" = LEAST(f."expiresAt", now() + make_interval(secs => ${idle}))`;

/** What else must hold for a family to move on, and what is to be known of it then: of the family `f`, its user `u` and what is `asked`. */
interface Joined<Values> {
  types: { [Column in keyof Values & string]: string };
  where: string;
  returning: string;
}

export interface Moved {
  counter: number;
  /** By this use; otherwise by another one, a moment ago. */
  advanced: boolean;
}

interface Step {
  family: string;
  salt: Uint8Array;
  idle: number;
  from: number;
}

/**
 * → moves a family on from `counter` to the next one, or, a moment after somebody else did so, to the same one, in one statement with all that it
 * depends on. null: the token is behind, or something that it stands on is gone.
 */
export function familyAdvance<Values extends object, Row extends object>(
  kind: FamilyKind,
  { types, where, returning }: Joined<Values>,
): (family: Family, counter: number, values: Values) => Promise<(Moved & Row) | null> {
  const { table, seen, graceSeconds } = kind;
  const advance = batchedStatement<Step & Values, Moved & Row>({
    name: `advance-${table}`,
    types: { family: "text", salt: "bytea", idle: "int", from: "int", ...types } as Record<
      keyof (Step & Values) & string,
      string
    >,
    key: ({ family }) => family,
    text: (asked) => `UPDATE "${table}" f SET ${USED(seen, `asked."idle"`)}, "counter" = asked."from" + 1,
       "rotatedAt" = CASE WHEN f."counter" = asked."from" THEN date_trunc('milliseconds', now()) ELSE f."rotatedAt" END
     FROM ${asked}, "User" u
     WHERE f."appId" = $1 AND f."id" = asked."family" AND f."salt" = asked."salt" AND ${isActive("f")} AND (f."counter" = asked."from"
         OR (f."counter" = asked."from" + 1 AND f."rotatedAt" > now() - make_interval(secs => ${graceSeconds})))
       AND u."appId" = $1 AND u."id" = f."userId" AND u."disabledAt" IS NULL AND ${where}
     RETURNING "nth", f."counter", f."rotatedAt" = date_trunc('milliseconds', now()) AS "advanced", ${returning}`,
  });
  return ({ appId, id, salt, idleSeconds }, counter, values) =>
    advance(appId, { family: id, salt, idle: idleSeconds, from: counter, ...values });
}

/** Use without rotation: only puts off the idle expiry. false when the family is dead. */
export async function touchFamily(kind: FamilyKind, family: Family): Promise<boolean> {
  const rows = await prepared(
    `touch-${kind.table}`,
    `UPDATE "${kind.table}" f SET ${USED(kind.seen, "$4::int")} WHERE f."appId" = $1 AND f."id" = $2 AND f."salt" = $3 AND ${isActive("f")} RETURNING 1`,
    [family.appId, family.id, family.salt, family.idleSeconds],
  );
  return rows.length > 0;
}
