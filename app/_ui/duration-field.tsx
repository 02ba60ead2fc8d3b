"use client";

// Duration field of a `Form`: sends `name` (the amount) and `name_unit`.
import type { ReactNode } from "react";
import { toDuration, UNITS } from "./duration";
import { errorSentence } from "./error-sentence";
import { controlClass, FieldShell } from "./field";
import { useFormState } from "./form-context";

type DurationFieldProps = {
  label: string;
  name: string;
  defaultSeconds: number | null;
  /** The field may be empty. Shows these seconds as the placeholder. */
  otherwise?: number;
  hint?: ReactNode;
  optional?: boolean;
};

export function DurationField({ label, name, defaultSeconds, otherwise = 0, hint, optional }: DurationFieldProps) {
  const { fields, values } = useFormState();
  const initial = toDuration(defaultSeconds ?? otherwise);
  const shown = defaultSeconds === null ? "" : String(initial.amount);
  const problem = fields?.[name];
  const unit = values ? (values[`${name}_unit`] ?? initial.unit) : initial.unit;

  return (
    <FieldShell label={label} hint={hint} optional={optional} error={problem && errorSentence(label, problem)}>
      {(control) => (
        <div className="flex max-w-60 gap-2">
          <input
            {...control}
            type="text"
            inputMode="numeric"
            name={name}
            autoComplete="off"
            placeholder={otherwise ? String(toDuration(otherwise).amount) : undefined}
            defaultValue={values ? (values[name] ?? "") : shown}
            className={`${controlClass} h-10 min-w-0 flex-1 px-3 tabular-nums`}
          />
          <select
            // The key: after an action, React resets a select to its initial value.
            key={unit}
            name={`${name}_unit`}
            aria-label={`${label}, unit`}
            defaultValue={unit}
            className={`${controlClass} h-10 w-auto! pl-2.5`}
          >
            {Object.keys(UNITS).map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </div>
      )}
    </FieldShell>
  );
}
