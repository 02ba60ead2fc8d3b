/**
 * The total result of an import over all batches. Also used in the browser, so it imports nothing
 * of Node.
 */
import { duplicateOf, type ImportAnswer, type ImportStatus, type RowResult } from "./result";

export interface ImportTally {
  counts: Record<ImportStatus, number>;
  /** The rows that were not imported, with the reason. */
  problems: RowResult[];
  ignored: Set<string>;
  /** Key of a user → row number. */
  rowOf: Map<string, number>;
}

export function newTally(): ImportTally {
  return {
    counts: { created: 0, exists: 0, duplicate: 0, invalid: 0 },
    problems: [],
    ignored: new Set(),
    rowOf: new Map(),
  };
}

/**
 * A user of an earlier batch is a duplicate in the file, although the server reports an existing
 * user.
 */
function findDuplicate(tally: ImportTally, result: RowResult): RowResult {
  if (result.status !== "created" && result.status !== "exists") return result;
  const keys = Object.entries({
    email: result.email && `email ${result.email}`,
    external_id: result.external_id && `external_id ${result.external_id}`,
    row: result.user_id && `user ${result.user_id}`,
  }).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const [field, key] = keys.find(([, seen]) => tally.rowOf.has(seen)) ?? [];
  const before = key === undefined ? undefined : tally.rowOf.get(key);
  for (const [, seen] of keys) if (!tally.rowOf.has(seen)) tally.rowOf.set(seen, result.row);
  if (!field || before === undefined) return result;
  return { ...result, status: "duplicate", fields: { [field]: duplicateOf(before) } };
}

/** Adds the response to a batch. → its results, with duplicates across batches */
export function addToTally(tally: ImportTally, answer: ImportAnswer): RowResult[] {
  for (const name of answer.ignored) tally.ignored.add(name);
  const results = answer.results.map((result) => findDuplicate(tally, result));
  for (const result of results) {
    tally.counts[result.status]++;
    if (result.status === "duplicate" || result.status === "invalid") tally.problems.push(result);
  }
  return results;
}
