/**
 * What an import reports about each row. Also used in the browser, so it imports nothing of Node.
 */

/**
 * created: the row is now a user (in a dry run: would be); exists: it was a user before; duplicate:
 * an earlier row is the same user; invalid: `fields` says why.
 */
export type ImportStatus = "created" | "exists" | "duplicate" | "invalid";

export interface RowResult {
  row: number;
  status: ImportStatus;
  email: string | null;
  external_id: string | null;
  /** The new or existing user. */
  user_id: string | null;
  /** Field → problem. */
  fields?: Record<string, string>;
}

export interface ImportAnswer {
  results: RowResult[];
  /** Columns that Foyer doesn't know. */
  ignored: string[];
}

/** The problem of a duplicate row. */
export function duplicateOf(row: number): string {
  return `is the same as in row ${row}; remove one of the two`;
}
