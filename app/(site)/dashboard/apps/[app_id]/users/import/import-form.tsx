"use client";

// Import of users from a file: choose the file, check it, import it, and see the result.
import { Button, ButtonLink } from "@/app/_ui/button";
import { formatCount } from "@/app/_ui/format-count";
import { FileField } from "./file-field";
import { isComplete } from "./import-run";
import { Progress } from "./progress";
import { Report } from "./report";
import { useImport } from "./use-import";

export function ImportForm({ appId, users }: { appId: string; users: string }) {
  const { file, fileError, run, isRunning, chooseFile, start, stop, continueRun } = useImport(appId);
  const isFinished = run !== null && isComplete(run);
  return (
    <div className="grid gap-6">
      <FileField onChoose={chooseFile} problem={fileError} disabled={isRunning} />
      {file && !run && (
        <div className="flex flex-wrap items-center gap-3">
          <Button onClick={() => start(file.rows, true)}>Check {formatCount(file.rows.length, "user")}</Button>
          <p className="text-sm text-ink-muted">Checking changes nothing.</p>
        </div>
      )}
      {run && (
        <>
          <Progress run={run} isRunning={isRunning} onStop={stop} onContinue={() => continueRun(run)} />
          {file && isFinished && run.dryRun && (
            <ImportButton count={run.tally.counts.created} onClick={() => start(file.rows, false)} />
          )}
          {isFinished && !run.dryRun && (
            <ButtonLink href={users} prefetch={false} className="justify-self-start">
              View users
            </ButtonLink>
          )}
          <Report run={run} name={file?.name ?? "users"} />
        </>
      )}
    </div>
  );
}

function ImportButton({ count, onClick }: { count: number; onClick: () => void }) {
  return (
    <Button disabled={count === 0} onClick={onClick} className="justify-self-start">
      {count === 0 ? "No users to import" : `Import ${formatCount(count, "user")}`}
    </Button>
  );
}
