/** Refresh-token rotation: advances the counter of a token family (RFC 9700 §4.14.2). */
import { batchedStatement } from "../database/batch";
import { inApp, rowByKey } from "../database/by-key";
import { prepared } from "../database/client";
import { allHold, type Condition, conditionColumns } from "../database/conditions";
import { isActive } from "./active";
import type { FamilyKind } from "./policy";

export interface Family {
  appId: string;
  id: string;
  /** The token's salt. A revocation replaces the salt of the row, so the two no longer match. */
  salt: Uint8Array;
  idleSeconds: number;
}

/** Conditions for every request, on the family `f`, its user `u` and the token `asked`. */
export function familyConditions(fail: () => never): Condition<unknown>[] {
  return [
    { name: "salt_matches", sql: `f."salt" = asked."salt"`, fail },
    { name: "family_active", sql: isActive("f"), fail },
    { name: "user_enabled", sql: `u."disabledAt" IS NULL`, fail },
  ];
}

export interface Rotated {
  /** The counter of the next token. It is valid only if all conditions hold. */
  counter: number;
  /** Whether this request advanced it. Otherwise, another request did so with the same token. */
  advanced: boolean;
}

interface Step {
  family: string;
  salt: Uint8Array;
  idle: number;
  from: number;
}

function touch(kind: FamilyKind, idleSeconds: string): string {
  return `"${kind.lastUsedColumn}" = now(), "idleExpiresAt" = LEAST(f."expiresAt", now() + make_interval(secs => ${idleSeconds}))`;
}

interface Rotation<Values> {
  /** The PostgreSQL types of further values of the request. */
  types: { [Column in keyof Values & string]: string };
  conditions: Pick<Condition<never>, "name" | "sql">[];
  /** Further columns to return, from the family `f` and its user `u`. */
  columns: string;
}

/**
 * Returns a function that advances the counter of a family if all conditions hold. It returns the
 * conditions and columns, or null if the family doesn't exist. The UPDATE applies only if counter
 * and salt haven't changed since, so concurrent requests with one token get the same next token.
 */
export function familyRotation<Values extends object, Row extends object>(
  kind: FamilyKind,
  { types, conditions, columns }: Rotation<Values>,
): (family: Family, counter: number, values: Values) => Promise<(Rotated & Row) | null> {
  const rotate = batchedStatement<Step & Values, Rotated & Row & { raced: boolean }>({
    name: `rotate-${kind.table}`,
    types: { family: "text", salt: "bytea", idle: "int", from: "int", ...types } as Record<
      keyof (Step & Values) & string,
      string
    >,
    key: ({ family }) => family,
    text: (asked) => `WITH family AS MATERIALIZED (
       SELECT asked."nth", asked."family", asked."salt" AS "found_salt", f."counter" AS "found_counter", asked."idle",
         asked."from" + 1 AS "counter", f."counter" = asked."from" AS "advanced", ${conditionColumns(conditions)}, ${columns}
       FROM ${asked}
       JOIN ${rowByKey(kind.table, "f", `f."id" = asked."family"`)} ON true
       JOIN ${rowByKey("User", "u", `u."id" = f."userId"`)} ON true
     ), rotated AS (
       UPDATE "${kind.table}" f SET ${touch(kind, `family."idle"`)}, "counter" = family."counter",
         "rotatedAt" = CASE WHEN family."advanced" THEN now() ELSE f."rotatedAt" END
       FROM family
       WHERE ${inApp("f")} AND f."id" = family."family" AND ${allHold(conditions, "family")}
         AND f."counter" = family."found_counter" AND f."salt" = family."found_salt"
       RETURNING family."nth" AS "rotated_nth"
     )
     SELECT family.*, ${allHold(conditions, "family")} AND "rotated_nth" IS NULL AS "raced"
     FROM family LEFT JOIN rotated ON "rotated_nth" = family."nth"`,
  });
  return async ({ appId, id, salt, idleSeconds }, counter, values) => {
    const step = { family: id, salt, idle: idleSeconds, from: counter, ...values };
    const found = await rotate(appId, step);
    if (!found?.raced) return found;
    // Another process rotated or revoked the family in the meantime: check the conditions again.
    const again = await rotate(appId, step);
    return again?.raced ? null : again;
  };
}

/** Extends the idle expiry without rotation. Returns false if the family is no longer active. */
export async function touchFamily(kind: FamilyKind, family: Family): Promise<boolean> {
  const rows = await prepared(
    `touch-${kind.table}`,
    `UPDATE "${kind.table}" f SET ${touch(kind, "$4::int")}
     WHERE ${inApp("f")} AND f."id" = $2 AND f."salt" = $3 AND ${isActive("f")} RETURNING 1`,
    [family.appId, family.id, family.salt, family.idleSeconds],
  );
  return rows.length > 0;
}
