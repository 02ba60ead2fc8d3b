/**
 * SQL conditions with an error each. PostgreSQL evaluates each condition as a boolean column and
 * writes only if all hold. The first that doesn't hold determines the error, so TypeScript repeats
 * no rule.
 */

export interface Condition<Failure> {
  /** The boolean column. */
  name: string;
  sql: string;
  /** Throws the error of this condition. It may write first, for example revoke a stolen token. */
  fail: (failure: Failure) => Promise<never> | never;
}

type Conditions = readonly Pick<Condition<never>, "name" | "sql">[];

/** The boolean columns of the SELECT that finds the row. NULL counts as false. */
export function conditionColumns(conditions: Conditions): string {
  return conditions.map(({ name, sql }) => `(${sql}) IS TRUE AS "${name}"`).join(",\n");
}

/** The same columns again, in a statement that reads from that SELECT. */
export function conditionNames(conditions: Conditions, alias: string): string {
  return conditions.map(({ name }) => `${alias}."${name}"`).join(", ");
}

/** True if every condition holds, for the statement that writes. `alias` is the SELECT's. */
export function allHold(conditions: Conditions, alias: string): string {
  return conditions.map(({ name }) => `${alias}."${name}"`).join(" AND ");
}

/**
 * Throws the error of the first condition, in the order of the list, that doesn't hold in this row.
 */
export async function requireConditions<Failure>(
  conditions: readonly Condition<Failure>[],
  row: object,
  failure: Failure,
): Promise<void> {
  for (const { name, fail } of conditions) if (!(row as Record<string, unknown>)[name]) await fail(failure);
}
