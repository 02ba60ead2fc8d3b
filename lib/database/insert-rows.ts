/**
 * Bulk insert with one JSON parameter. Prisma sends one parameter per cell: 250 users with their
 * events took 350 ms that way, and take 75 ms like this, with half the memory.
 */
import type { Tx } from "./client";

/**
 * @param rows objects with column names as keys, never from user input; a missing column is NULL
 * @returns the IDs of the inserted rows; existing rows are skipped
 */
export function insertRows(tx: Tx, table: "User" | "AuditEvent", rows: object[]): Promise<{ id: string }[]> {
  const text = `${insertOf({ table, rows }, "$1")} ON CONFLICT DO NOTHING RETURNING "id"`;
  return tx.$queryRawUnsafe<{ id: string }[]>(text, rowsAsJson({ table, rows }));
}

type Table = "User" | "Session" | "AuditEvent" | "OneTimeToken" | "Mail";

/**
 * Rows of several tables, which one prepared statement inserts: a round trip instead of a
 * transaction with one per row. Each table's rows are one JSON parameter.
 */
export interface RowsOf {
  table: Table;
  rows: readonly object[];
}

function columnsOf(rows: readonly object[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

/**
 * The INSERT of rows that come as JSON in a parameter like `$1`. `where` names a CTE with one row,
 * or none if nothing may be inserted.
 */
export function insertOf({ table, rows }: RowsOf, parameter: string, where?: string): string {
  const names = columnsOf(rows).map((column) => `"${column}"`);
  return `INSERT INTO "${table}" (${names.join(", ")})
    SELECT ${names.map((name) => `r.${name}`).join(", ")}
    FROM jsonb_populate_recordset(NULL::"${table}", ${parameter}::jsonb) AS r${where ? `, "${where}"` : ""}`;
}

/** The parameter of `insertOf`. */
export function rowsAsJson({ rows }: RowsOf): string {
  const plain = (value: unknown) => (value instanceof Uint8Array ? `\\x${Buffer.from(value).toString("hex")}` : value);
  return JSON.stringify(
    rows.map((row) => Object.fromEntries(Object.entries(row).map(([column, value]) => [column, plain(value)]))),
  );
}
