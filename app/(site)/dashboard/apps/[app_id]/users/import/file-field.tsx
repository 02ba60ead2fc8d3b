"use client";

// File field with a drop area.
import { FileUp } from "lucide-react";
import { type DragEvent, useId, useState } from "react";

type FileFieldProps = { onChoose: (file: File | undefined) => void; problem: string | null; disabled: boolean };

export function FileField({ onChoose, problem, disabled }: FileFieldProps) {
  const id = useId();
  const [isDragging, setDragging] = useState(false);
  // The native control shows the name of a chosen file, but not of a dropped one.
  const [dropped, setDropped] = useState<string | null>(null);

  function drop(event: DragEvent) {
    event.preventDefault();
    setDragging(false);
    const [file] = event.dataTransfer.files;
    if (disabled || !file) return;
    setDropped(file.name);
    onChoose(file);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an alternative to the input inside
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setDragging(true);
      }}
      onDragLeave={() => setDragging(false)}
      onDrop={drop}
      className={`rounded-lg border border-dashed px-6 py-8 text-center transition-colors ${isDragging ? "border-accent bg-accent-soft" : "border-line-strong"}`}
    >
      <FileUp aria-hidden="true" className="mx-auto size-6 text-ink-muted" strokeWidth={1.5} />
      <p className="mt-3 text-sm break-words">
        <label htmlFor={id} className="font-medium">
          CSV or JSON file with users
        </label>
      </p>
      <p id={`${id}-hint`} className="mt-1 text-sm text-ink-muted">
        Drop a file here or choose one. Your browser reads it and uploads it in small batches.
      </p>
      <input
        id={id}
        type="file"
        accept=".csv,.json,.ndjson,.jsonl,text/csv,application/json"
        disabled={disabled}
        aria-describedby={problem ? `${id}-problem ${id}-hint` : `${id}-hint`}
        aria-invalid={problem ? true : undefined}
        // Choosing the same file again must trigger a change event, since its content may differ.
        onClick={(event) => {
          event.currentTarget.value = "";
        }}
        onChange={(event) => {
          setDropped(null);
          onChoose(event.target.files?.[0]);
        }}
        className="mx-auto mt-4 block max-w-full text-sm file:mr-3 file:h-9 file:cursor-pointer file:rounded-md file:border file:border-line-strong file:bg-surface-raised file:px-3 file:text-sm file:font-medium file:text-ink"
      />
      <FileMessages id={id} dropped={dropped} problem={problem} />
    </div>
  );
}

function FileMessages({ id, dropped, problem }: { id: string; dropped: string | null; problem: string | null }) {
  return (
    <>
      {dropped && (
        <p dir="auto" className="mt-3 text-sm font-medium break-words">
          {dropped}
        </p>
      )}
      {problem && (
        <p id={`${id}-problem`} role="alert" className="mt-3 text-sm text-danger">
          {problem}
        </p>
      )}
    </>
  );
}
