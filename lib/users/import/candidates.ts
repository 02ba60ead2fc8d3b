/**
 * Validates the rows of a batch without the database: candidates for new users, and the results of
 * invalid and duplicate rows.
 */
import type { FileRow } from "./file";
import { duplicateOf, type RowResult } from "./result";
import { type ImportRow, readRow } from "./row";

export interface Candidate {
  row: number;
  input: ImportRow;
}

export type Judged = Candidate | RowResult;

export const isCandidate = (one: Judged): one is Candidate => "input" in one;

export function resultOf(
  { row, input }: Candidate,
  rest: Pick<RowResult, "status" | "fields"> & { user_id?: string },
): RowResult {
  return { row, email: input.email.email, external_id: input.external_id ?? null, user_id: null, ...rest };
}

/** Two rows with a common key are the same user. */
export function keysOf({ email, external_id }: ImportRow): [field: string, key: string][] {
  return [
    ["email", `email ${email.canonical}`],
    ...(external_id ? [["external_id", `id ${external_id}`] as [string, string]] : []),
  ];
}

function judge({ row, value }: FileRow, ignored: Set<string>): Judged {
  const read = readRow(value);
  for (const name of read.ignored) ignored.add(name.slice(0, 100));
  if (read.input) return { row, input: read.input };
  return {
    row,
    status: "invalid",
    email: read.email,
    external_id: read.externalId,
    user_id: null,
    fields: read.fields,
  };
}

/** Of several rows for the same user, only the first is a candidate. */
function withoutDuplicates(judged: Judged[]): Judged[] {
  const seen = new Map<string, number>();
  return judged.map((one) => {
    if (!isCandidate(one)) return one;
    const keys = keysOf(one.input);
    const [field, key = ""] = keys.find(([, candidate]) => seen.has(candidate)) ?? [];
    const first = seen.get(key) ?? 0;
    for (const [, candidate] of keys) if (!seen.has(candidate)) seen.set(candidate, one.row);
    return field ? resultOf(one, { status: "duplicate", fields: { [field]: duplicateOf(first) } }) : one;
  });
}

/** @param ignored collects the unknown column names */
export function judgeRows(rows: FileRow[], ignored: Set<string>): Judged[] {
  return withoutDuplicates(rows.map((row) => judge(row, ignored)));
}
