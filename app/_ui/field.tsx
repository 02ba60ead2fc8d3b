// A labelled input with its hint and its error beside it, tied together for screen readers (WCAG 2.2, 3.3.1 and 3.3.2).
import { type ComponentProps, type ReactNode, useId } from "react";

type FieldProps = Omit<ComponentProps<"input">, "className"> & {
  label: string;
  name: string;
  hint?: ReactNode;
  /** What is wrong and what to do. Marks the input as invalid. */
  error?: string;
};

export function Field({ label, hint, error, id, ...input }: FieldProps) {
  const generated = useId();
  const inputId = id ?? generated;
  const hintId = hint ? `${inputId}-hint` : undefined;
  const errorId = error ? `${inputId}-error` : undefined;
  const describedBy = [errorId, hintId].filter(Boolean).join(" ") || undefined;

  return (
    <div>
      <label htmlFor={inputId} className="block text-sm font-medium">
        {label}
      </label>
      <input
        {...input}
        id={inputId}
        aria-describedby={describedBy}
        aria-invalid={error ? true : undefined}
        className="mt-1.5 block h-10 w-full rounded-md border border-line-strong bg-surface-raised px-3 text-base placeholder:text-ink-muted disabled:bg-surface-sunken disabled:text-ink-muted aria-invalid:border-danger sm:text-sm"
      />
      {error && (
        <p id={errorId} className="mt-1.5 text-sm text-danger">
          {error}
        </p>
      )}
      {hint && (
        <p id={hintId} className="mt-1.5 text-sm text-ink-muted">
          {hint}
        </p>
      )}
    </div>
  );
}
