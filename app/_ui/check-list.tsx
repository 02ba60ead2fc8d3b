"use client";

// Checkbox group of a `Form`. Each checked box sends `name:value`.
import { type ReactNode, useId } from "react";
import { errorSentence } from "./error-sentence";
import { useFormState } from "./form-context";

export type CheckOption = { value: string; label: ReactNode; description?: ReactNode };

type CheckListProps = {
  label: string;
  /** The label is for screen readers alone, as the card's title repeats it. */
  hideLabel?: boolean;
  name: string;
  options: CheckOption[];
  defaultChecked: string[];
};

export function CheckList({ label, hideLabel, name, options, defaultChecked }: CheckListProps) {
  const id = useId();
  const { fields = {}, values } = useFormState();
  // An error of the whole list, or of one entry, whose message names the entry.
  const [, problem] = Object.entries(fields).find(([field]) => field === name || field.startsWith(`${name}.`)) ?? [];
  return (
    <fieldset aria-describedby={problem && `${id}-error`} className="min-w-0">
      <legend className={hideLabel ? "sr-only" : "mb-2.5 text-sm font-medium"}>{label}</legend>
      <ul className="grid gap-3">
        {options.map(({ value, label: text, description }, index) => {
          const checked = values ? values[`${name}:${value}`] === "on" : defaultChecked.includes(value);
          return (
            <li key={value}>
              <label className="flex items-start gap-3 text-sm">
                <input
                  // The key makes React apply the returned value over the initial one.
                  key={String(checked)}
                  type="checkbox"
                  name={`${name}:${value}`}
                  defaultChecked={checked}
                  aria-invalid={problem && index === 0 ? true : undefined}
                  className="mt-0.75 size-4 shrink-0 cursor-pointer accent-accent disabled:cursor-not-allowed"
                />
                <span className="min-w-0 break-words">
                  <span className="block">{text}</span>
                  {description && <span className="block text-ink-muted">{description}</span>}
                </span>
              </label>
            </li>
          );
        })}
      </ul>
      {problem && (
        <p id={`${id}-error`} className="mt-2 text-sm break-words text-danger">
          {errorSentence(label, problem)}
        </p>
      )}
    </fieldset>
  );
}
