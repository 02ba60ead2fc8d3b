import { describe, expect, it } from "vitest";
import type { FormState } from "@/app/_server/form-state";
import { parseCsv } from "@/lib/text/csv";
import { BATCH_ROWS, type FileRow } from "@/lib/users/import/file";
import type { ImportAnswer } from "@/lib/users/import/result";
import { type ImportRun, isComplete, newRun, nextBatch, runNextBatch } from "./import-run";

const rows = (count: number, name = ""): FileRow[] =>
  Array.from({ length: count }, (_, n) => ({ row: n + 2, value: { email: `p${n}@example.com`, name } }));

/** A server that accepts all users and records the requests. */
function server(before: (call: number) => FormState<ImportAnswer> | undefined = () => undefined) {
  const sent: FormData[] = [];
  const action = async (_: FormState<ImportAnswer>, form: FormData): Promise<FormState<ImportAnswer>> => {
    sent.push(form);
    const instead = before(sent.length);
    if (instead) return instead;
    const batch = JSON.parse(String(form.get("rows"))) as FileRow[];
    const results = batch.map(({ row, value }) => ({
      row,
      status: "created" as const,
      email: String(value.email),
      external_id: null,
      user_id: `usr_${row}`,
    }));
    return { ok: true, data: { results, ignored: ["shoe"] } };
  };
  return { sent, action };
}

async function toTheEnd(run: ImportRun, action: ReturnType<typeof server>["action"]): Promise<ImportRun> {
  let current = run;
  while (!isComplete(current) && !current.problem) current = await runNextBatch(current, "app_1", action);
  return current;
}

describe("an import run", () => {
  it("sends the file in batches and counts the results", async () => {
    const { sent, action } = server();
    const run = await toTheEnd(newRun(rows(2 * BATCH_ROWS + 1), true), action);
    expect(sent.map((form) => JSON.parse(String(form.get("rows"))).length)).toEqual([BATCH_ROWS, BATCH_ROWS, 1]);
    expect(sent.map((form) => [form.get("app_id"), form.get("dry_run")])).toEqual(Array(3).fill(["app_1", "on"]));
    expect(run.tally.counts.created).toBe(2 * BATCH_ROWS + 1);
    expect([...run.tally.ignored]).toEqual(["shoe"]);
    const [header, first, ...rest] = parseCsv(run.lines.join(""));
    expect(header).toEqual(["row", "status", "email", "external_id", "user_id", "problem"]);
    expect(first).toEqual(["2", "created", "p0@example.com", "", "usr_2", ""]);
    expect(rest.length).toBe(2 * BATCH_ROWS);
  });

  it("limits the bytes of a request, also for non-ASCII text", async () => {
    const { sent, action } = server();
    const all = rows(100, "ü".repeat(1000));
    await toTheEnd(newRun(all, false), action);
    const sizes = sent.map((form) => Buffer.byteLength(String(form.get("rows"))));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(48 * 1024);
    expect(sizes.length).toBeGreaterThan(4);
    expect(sent.every((form) => !form.has("dry_run"))).toBe(true);
  });

  it("reports a row that is too large for a request and continues", async () => {
    const { sent, action } = server();
    const all = rows(3);
    (all[1] as FileRow).value.metadata = "x".repeat(60_000);
    const run = await toTheEnd(newRun(all, false), action);
    expect(run.tally.counts).toMatchObject({ created: 2, invalid: 1 });
    expect(run.tally.problems).toMatchObject([
      { row: 3, fields: { row: "is larger than 48 KiB; shorten its metadata" } },
    ]);
    expect(sent.length).toBe(2);
  });

  it("stops at a problem and continues with the same batch", async () => {
    const { action, sent } = server((call) =>
      call === 2 ? { ok: false, message: "The server did not answer." } : undefined,
    );
    const stopped = await toTheEnd(newRun(rows(BATCH_ROWS + 10), false), action);
    expect(stopped).toMatchObject({ done: BATCH_ROWS, problem: "The server did not answer." });
    const run = await toTheEnd({ ...stopped, problem: null }, action);
    expect(isComplete(run)).toBe(true);
    expect(run.tally.counts.created).toBe(BATCH_ROWS + 10);
    expect(sent[1]?.get("rows")).toBe(sent[2]?.get("rows"));
  });

  it("has no batch for an empty file", () => expect(nextBatch({ rows: [], done: 0 })).toEqual({ batch: [], bytes: 0 }));
});
