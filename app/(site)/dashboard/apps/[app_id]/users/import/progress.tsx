// Progress of an import, with buttons to stop and continue.
import { CircleAlert } from "lucide-react";
import { Button } from "@/app/_ui/button";
import { type ImportRun, isComplete } from "./import-run";

type ProgressProps = { run: ImportRun; isRunning: boolean; onStop: () => void; onContinue: () => void };

export function Progress({ run, isRunning, onStop, onContinue }: ProgressProps) {
  const complete = isComplete(run);
  const rows = run.rows.length.toLocaleString("en");
  return (
    <div className="grid gap-3">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-2 text-sm">
        <p>
          {run.done.toLocaleString("en")} of {rows} {run.dryRun ? "checked" : "imported"}
        </p>
        {isRunning && (
          <Button variant="secondary" size="sm" onClick={onStop}>
            Stop
          </Button>
        )}
        {!isRunning && !complete && (
          <Button size="sm" onClick={onContinue}>
            Continue
          </Button>
        )}
      </div>
      {/* Screen readers announce only the start and the end. */}
      <p role="status" className="sr-only">
        {isRunning ? (run.dryRun ? "Checking" : "Importing") : complete && (run.dryRun ? "Checked" : "Imported")}
      </p>
      <progress
        value={run.done}
        max={run.rows.length}
        aria-label={run.dryRun ? "Check" : "Import"}
        className="h-1.5 w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
      >
        {run.done} of {rows}
      </progress>
      {run.problem && (
        <p role="alert" className="flex gap-2.5 rounded-md bg-danger-soft px-3.5 py-2.5 text-sm text-danger">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" strokeWidth={1.75} />
          <span className="min-w-0 break-words">
            {run.problem} Completed rows are kept. Continue, or choose the file again later.
          </span>
        </p>
      )}
    </div>
  );
}
