/** What came of a file that is imported batch by batch: counted as it goes, and seen as a whole. Also the browser's, so it knows nothing of Node. */
import { duplicateOf, type ImportAnswer, type ImportStatus, type RowResult } from "./result";

export interface ImportTally {
  counts: Record<ImportStatus, number>;
  /** The rows that were not taken, with the reason. */
  problems: RowResult[];
  ignored: Set<string>;
  /** Who was seen → in which row. */
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

export function countAll({ counts }: ImportTally): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** Who came in an earlier batch is in the file twice, whatever the database says of them. */
function seenAs(tally: ImportTally, result: RowResult): RowResult {
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

/** Adds the answer to a batch. → its results as the whole file shows them */
export function addToTally(tally: ImportTally, answer: ImportAnswer): RowResult[] {
  for (const name of answer.ignored) tally.ignored.add(name);
  const results = answer.results.map((result) => seenAs(tally, result));
  for (const result of results) {
    tally.counts[result.status]++;
    if (result.status === "duplicate" || result.status === "invalid") tally.problems.push(result);
  }
  return results;
}
