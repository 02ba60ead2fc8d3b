"use client";

// Result of an import: counts, the rows with problems, and a download of all results.
import { Download } from "lucide-react";
import { Button } from "@/app/_ui/button";
import { type Column, Table } from "@/app/_ui/table";
import type { RowResult } from "@/lib/users/import/result";
import type { ImportRun } from "./import-run";

/** The maximum number of problems on the page. */
const SHOWN = 100;

export function Report({ run, name }: { run: ImportRun; name: string }) {
  const { counts, problems } = run.tally;
  const ignored = [...run.tally.ignored];
  const columns: Column<RowResult>[] = [
    { label: "Row", cell: ({ row }) => <span className="tabular-nums">{row}</span> },
    { label: "Email", from: "md", cell: ({ email }) => <Email email={email} /> },
    { label: "Problem", cell: (result) => <Problem result={result} /> },
  ];
  return (
    <section aria-label="Result" className="grid gap-4">
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        <Figure label={run.dryRun ? "Would be created" : "Created"} value={counts.created} tone="text-success" />
        <Figure label="Already exist" value={counts.exists} />
        <Figure label="Duplicates in the file" value={counts.duplicate} />
        <Figure label="Invalid" value={counts.invalid} tone="text-danger" />
      </dl>
      {ignored.length > 0 && (
        <p className="text-sm break-words text-ink-muted">
          Ignored columns: <span className="font-mono text-xs">{ignored.join(", ")}</span>
        </p>
      )}
      {problems.length > 0 && (
        <Table
          caption="Rows with problems"
          columns={columns}
          rows={problems.slice(0, SHOWN)}
          rowKey={({ row }) => String(row)}
        />
      )}
      <div className="flex flex-wrap items-center justify-between gap-3">
        {problems.length > SHOWN ? (
          <p className="text-sm text-ink-muted">
            Showing the first {SHOWN} of {problems.length.toLocaleString("en")} rows.
          </p>
        ) : (
          <span />
        )}
        <Button variant="secondary" size="sm" onClick={() => save(run.lines, name)}>
          <Download aria-hidden="true" className="size-4" strokeWidth={1.75} />
          Download all results
        </Button>
      </div>
    </section>
  );
}

function Figure({ label, value, tone = "" }: { label: string; value: number; tone?: string }) {
  return (
    <div className="rounded-md border border-line bg-surface-raised px-4 py-3">
      <dt className="text-xs text-ink-muted">{label}</dt>
      <dd className={`text-xl font-medium tabular-nums ${value > 0 ? tone : "text-ink-muted"}`}>
        {value.toLocaleString("en")}
      </dd>
    </div>
  );
}

function Email({ email }: { email: string | null }) {
  if (!email) return <span className="text-ink-muted">–</span>;
  return (
    <span dir="ltr" title={email} className="block max-w-60 truncate">
      {email}
    </span>
  );
}

function Problem({ result: { email, fields = {} } }: { result: RowResult }) {
  return (
    <span className="grid min-w-40 gap-0.5">
      {/* Where its own column has left. */}
      <span className="text-ink-muted md:hidden">
        <Email email={email} />
      </span>
      {Object.entries(fields).map(([field, problem]) => (
        <span key={field} className="break-words">
          <code className="font-mono text-xs">{field}</code> {problem}
        </span>
      ))}
    </span>
  );
}

function save(lines: string[], name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(lines, { type: "text/csv" }));
  link.download = `${name.replace(/\.\w+$/, "")}-result.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}
