"use client";

// Boxes of a `Form`, of which any number may be ticked: each sends `name:value`.
import { type ReactNode, useId } from "react";
import { useFormState } from "./form-context";
import { problemSentence } from "./problem-sentence";

export type Check = { value: string; label: ReactNode; about?: ReactNode };

type CheckListProps = {
  label: string;
  /** When the title around it says the same. */
  quietLabel?: boolean;
  name: string;
  options: Check[];
  defaultTicked: string[];
};

export function CheckList({ label, quietLabel, name, options, defaultTicked }: CheckListProps) {
  const id = useId();
  const { fields = {}, values } = useFormState();
  // Of the list, or of one of its entries, whose words name it.
  const [, problem] = Object.entries(fields).find(([field]) => field === name || field.startsWith(`${name}.`)) ?? [];
  return (
    <fieldset aria-describedby={problem && `${id}-error`} className="min-w-0">
      <legend className={quietLabel ? "sr-only" : "mb-2.5 text-sm font-medium"}>{label}</legend>
      <ul className="grid gap-3">
        {options.map(({ value, label: text, about }, index) => {
          const ticked = values ? values[`${name}:${value}`] === "on" : defaultTicked.includes(value);
          return (
            <li key={value}>
              <label className="flex items-start gap-3 text-sm">
                <input
                  // The key: what came back wins over what was shown at first.
                  key={String(ticked)}
                  type="checkbox"
                  name={`${name}:${value}`}
                  defaultChecked={ticked}
                  aria-invalid={problem && index === 0 ? true : undefined}
                  className="mt-0.75 size-4 shrink-0 cursor-pointer accent-accent disabled:cursor-not-allowed"
                />
                <span className="min-w-0 break-words">
                  <span className="block">{text}</span>
                  {about && <span className="block text-ink-muted">{about}</span>}
                </span>
              </label>
            </li>
          );
        })}
      </ul>
      {problem && (
        <p id={`${id}-error`} className="mt-2 text-sm break-words text-danger">
          {problemSentence(label, problem)}
        </p>
      )}
    </fieldset>
  );
}
