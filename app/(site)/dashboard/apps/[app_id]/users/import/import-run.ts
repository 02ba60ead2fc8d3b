// State of an import: batches of a file, which can stop and continue. Independent of React.
import type { FormAction } from "@/app/_server/action";
import { csvHeader, csvLine } from "@/lib/text/csv";
import { BATCH_ROWS, type FileRow } from "@/lib/users/import/file";
import type { ImportAnswer, RowResult } from "@/lib/users/import/result";
import { addToTally, type ImportTally, newTally } from "@/lib/users/import/tally";

/** The limit of a request is 64 KiB, including the form's other fields. */
const BATCH_BYTES = 48 * 1024;

export interface ImportRun {
  dryRun: boolean;
  rows: FileRow[];
  /** The number of completed rows. */
  done: number;
  /** Mutated by every batch; the run around it is a new object each time. */
  tally: ImportTally;
  /** The results of all rows, as lines of a CSV file. */
  lines: string[];
  /** Why the run stopped before the end. */
  problem: string | null;
}

export function newRun(rows: FileRow[], dryRun: boolean): ImportRun {
  const lines = [csvHeader(["row", "status", "email", "external_id", "user_id", "problem"])];
  return { dryRun, rows, done: 0, tally: newTally(), lines, problem: null };
}

export const isComplete = (run: ImportRun) => run.done === run.rows.length;

const encoder = new TextEncoder();

/** The rows of the next request, limited by their size in bytes; at least one row. */
export function nextBatch({ rows, done }: Pick<ImportRun, "rows" | "done">): { batch: FileRow[]; bytes: number } {
  const batch: FileRow[] = [];
  let bytes = 0;
  for (const row of rows.slice(done, done + BATCH_ROWS)) {
    const size = encoder.encode(JSON.stringify(row)).length + 1;
    if (batch.length > 0 && bytes + size > BATCH_BYTES) break;
    batch.push(row);
    bytes += size;
  }
  return { batch, bytes };
}

function tooLarge({ row, value }: FileRow): ImportAnswer {
  const email = typeof value.email === "string" ? value.email.slice(0, 320) : null;
  const fields = { row: "is larger than 48 KiB; shorten its metadata" };
  return { results: [{ row, status: "invalid", email, external_id: null, user_id: null, fields }], ignored: [] };
}

function lineOf({ row, status, email, external_id, user_id, fields = {} }: RowResult): string {
  const problems = Object.entries(fields).map(([field, problem]) => `${field} ${problem}`);
  return csvLine([row, status, email, external_id, user_id, problems.join("; ")]);
}

function advanced(run: ImportRun, batch: FileRow[], answer: ImportAnswer): ImportRun {
  const results = addToTally(run.tally, answer);
  run.lines.push(results.map(lineOf).join(""));
  return { ...run, problem: null, done: run.done + batch.length };
}

/** The run after its next batch. After a problem, the same batch is repeated. */
export async function runNextBatch(
  run: ImportRun,
  appId: string,
  action: FormAction<ImportAnswer>,
): Promise<ImportRun> {
  const { batch, bytes } = nextBatch(run);
  const [first] = batch;
  if (first && bytes > BATCH_BYTES) return advanced(run, batch, tooLarge(first));
  const form = new FormData();
  form.set("app_id", appId);
  form.set("rows", JSON.stringify(batch));
  if (run.dryRun) form.set("dry_run", "on");
  const { ok, data, message } = await action({}, form);
  if (!ok || !data) return { ...run, problem: message ?? "The server rejected this part of the file." };
  return advanced(run, batch, data);
}
