// Form field: label, control, hint and error, linked for screen readers (WCAG 2.2, 3.3.1, 3.3.2).
import { type ComponentProps, type ReactNode, useId } from "react";

export type FieldFrame = {
  label: string;
  hint?: ReactNode;
  /** What is wrong and how to fix it. Marks the control as invalid. */
  error?: ReactNode;
  id?: string;
  /** Shows "Optional" next to the label. */
  optional?: boolean;
};

type ControlProps = { id: string; "aria-describedby"?: string; "aria-invalid"?: true };

export const controlClass =
  "block w-full rounded-md border border-line-strong bg-surface-raised text-base placeholder:text-ink-muted disabled:bg-surface-sunken disabled:text-ink-muted aria-invalid:border-danger sm:text-sm";

/** `children` renders the control with the props that link it to its label, hint and error. */
export function FieldShell({
  label,
  hint,
  error,
  id,
  optional,
  children,
}: FieldFrame & { children: (control: ControlProps) => ReactNode }) {
  const generated = useId();
  const controlId = id ?? generated;
  const hintId = hint ? `${controlId}-hint` : undefined;
  const errorId = error ? `${controlId}-error` : undefined;

  return (
    <div className="min-w-0">
      <div className="mb-1.5 flex items-baseline justify-between gap-4 text-sm">
        <label htmlFor={controlId} className="font-medium">
          {label}
        </label>
        {optional && <span className="text-ink-muted">Optional</span>}
      </div>
      {children({
        id: controlId,
        "aria-describedby": [errorId, hintId].filter(Boolean).join(" ") || undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {error && (
        <p id={errorId} className="mt-1.5 text-sm break-words text-danger">
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

export type FieldProps = Omit<ComponentProps<"input">, "className" | "id"> & FieldFrame & { name: string };

export function Field({ label, hint, error, id, optional, ...input }: FieldProps) {
  return (
    <FieldShell label={label} hint={hint} error={error} id={id} optional={optional}>
      {(control) => <input dir="auto" {...input} {...control} className={`${controlClass} h-10 px-3`} />}
    </FieldShell>
  );
}
