/**
 * Conditions of a statement. PostgreSQL computes each of them once, as a boolean column, and writes only where all hold. The first
 * one that does not hold names the error, so no rule is stated a second time in TypeScript.
 */

export interface Condition<Failure> {
  /** The boolean column. */
  name: string;
  sql: string;
  /** Throws the error of this condition; it may write first, for example to revoke what an attacker has got. */
  fail: (failure: Failure) => Promise<never> | never;
}

type Conditions = readonly Pick<Condition<never>, "name" | "sql">[];

/** The columns of the SELECT that finds the row. An unknown result (NULL) counts as not held. */
export function conditionColumns(conditions: Conditions): string {
  return conditions.map(({ name, sql }) => `(${sql}) IS TRUE AS "${name}"`).join(",\n");
}

/** The same columns again, in a statement that reads from that SELECT. */
export function conditionNames(conditions: Conditions, alias: string): string {
  return conditions.map(({ name }) => `${alias}."${name}"`).join(", ");
}

/** True where every condition holds, for the statement that writes. `alias` names the SELECT with the columns. */
export function allHold(conditions: Conditions, alias: string): string {
  return conditions.map(({ name }) => `${alias}."${name}"`).join(" AND ");
}

/** Throws the error of the first condition that did not hold in this row. The order of the list is the order of the checks. */
export async function requireConditions<Failure>(
  conditions: readonly Condition<Failure>[],
  row: object,
  failure: Failure,
): Promise<void> {
  for (const { name, fail } of conditions) if (!(row as Record<string, unknown>)[name]) await fail(failure);
}
