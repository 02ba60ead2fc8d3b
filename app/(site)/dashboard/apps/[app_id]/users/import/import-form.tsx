"use client";

// A file is read here in the browser, looked at first, and then brought in piece by piece, so that no request is large.
import { useEffect, useRef, useState } from "react";
import { Button, ButtonLink } from "@/app/_ui/button";
import { guarded } from "@/app/_ui/guarded-action";
import { decodeFile, type FileRow, formatOf, readRows, requireFileSize, UnreadableFile } from "@/lib/users/import/file";
import { importUsersAction } from "./actions";
import { FileField } from "./file-field";
import { type ImportRun, isOver, newRun, step } from "./import-run";
import { Progress } from "./progress";
import { Report } from "./report";

interface ReadFile {
  name: string;
  rows: FileRow[];
}

async function readFile(file: File): Promise<ReadFile> {
  requireFileSize(file.size);
  const text = decodeFile(await file.arrayBuffer());
  return { name: file.name, rows: readRows(text, formatOf(file.name, text)) };
}

/** Asks before a page is left whose work would stop half-way. */
function useStay(busy: boolean): void {
  useEffect(() => {
    if (!busy) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [busy]);
}

export function ImportForm({ appId, users }: { appId: string; users: string }) {
  const [file, setFile] = useState<ReadFile | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [run, setRun] = useState<ImportRun | null>(null);
  const [running, setRunning] = useState(false);
  const stopped = useRef(false);
  useStay(running && run?.dryRun === false);
  // Who leaves by a link inside the dashboard stops it as well.
  useEffect(
    () => () => {
      stopped.current = true;
    },
    [],
  );

  async function choose(chosen: File | undefined) {
    setRun(null);
    setProblem(null);
    setFile(null);
    if (!chosen) return;
    try {
      setFile(await readFile(chosen));
    } catch (error) {
      setProblem(error instanceof UnreadableFile ? error.message : "The file could not be read.");
    }
  }

  async function goOn(from: ImportRun) {
    stopped.current = false;
    setRunning(true);
    let current: ImportRun = { ...from, problem: null };
    setRun(current);
    const send = guarded(importUsersAction, () => {});
    while (!isOver(current) && !current.problem && !stopped.current) {
      current = await step(current, appId, send);
      setRun(current);
    }
    setRunning(false);
  }

  const checked = run?.dryRun && isOver(run) ? run.tally.counts.created : null;
  const imported = run !== null && !run.dryRun && isOver(run);
  return (
    <div className="grid gap-6">
      <FileField onChoose={choose} problem={problem} disabled={running} />
      {file && !run && (
        <div className="flex flex-wrap items-center gap-3">
          <Button onClick={() => goOn(newRun(file.rows, true))}>Check {count(file.rows.length)}</Button>
          <p className="text-sm text-ink-muted">Nothing is changed by it.</p>
        </div>
      )}
      {run && (
        <>
          <Progress run={run} running={running} onStop={() => (stopped.current = true)} onGoOn={() => goOn(run)} />
          {file && checked !== null && (
            <div>
              <Button disabled={checked === 0} onClick={() => goOn(newRun(file.rows, false))}>
                {checked === 0 ? "Nobody to import" : `Import ${count(checked)}`}
              </Button>
            </div>
          )}
          {imported && (
            <div>
              <ButtonLink href={users} prefetch={false}>
                See the users
              </ButtonLink>
            </div>
          )}
          <Report run={run} name={file?.name ?? "users"} />
        </>
      )}
    </div>
  );
}

function count(rows: number): string {
  return rows === 1 ? "1 user" : `${rows.toLocaleString("en")} users`;
}
