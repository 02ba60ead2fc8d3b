"use client";

// List of text fields in a `Form`, sent as `name.0`, `name.1`, …
import { Plus } from "lucide-react";
import { type ReactNode, useId } from "react";
import { Button } from "./button";
import { errorSentence } from "./error-sentence";
import { controlClass } from "./field";
import { useFormState } from "./form-context";
import { ListEntry } from "./list-entry";
import { nextNumber, useListRows } from "./use-list-rows";

type ListFieldProps = {
  label: string;
  /** The name of one entry: "Redirect URI". */
  entry: string;
  name: string;
  defaultValues: string[];
  hint?: ReactNode;
  placeholder?: string;
  optional?: boolean;
};

/** The key resets the rows when the server sends other values. */
export function ListField(props: ListFieldProps) {
  return <List key={props.defaultValues.join("\n")} {...props} />;
}

function List({ label, entry, name, defaultValues, hint, placeholder, optional }: ListFieldProps) {
  const id = useId();
  const { fields, values } = useFormState();
  const { rows, focused, add, remove, paste } = useListRows(name, defaultValues, values);
  // An error of the whole list, such as an empty one.
  const problem = fields?.[name];

  return (
    <fieldset className="min-w-0" aria-describedby={hint || problem ? `${id}-about` : undefined}>
      <legend className="mb-1.5 flex w-full items-baseline justify-between gap-4 text-sm">
        <span className="font-medium">{label}</span>
        {optional && <span className="text-ink-muted">Optional</span>}
      </legend>
      <ul className="grid gap-2">
        {rows.map(({ number, value }, index) => (
          <li key={number}>
            <ListEntry
              id={`${id}-${number}`}
              name={`${name}.${number}`}
              label={`${entry} ${index + 1}`}
              subject={entry}
              defaultValue={values?.[`${name}.${number}`] ?? value}
              problem={fields?.[`${name}.${number}`]}
              invalid={Boolean(problem) && index === 0}
              placeholder={placeholder}
              focused={focused.number === number ? focused : undefined}
              onPaste={paste}
              onRemove={rows.length > 1 || value !== "" ? () => remove(number) : undefined}
            />
          </li>
        ))}
      </ul>
      <noscript>
        <input
          name={`${name}.${nextNumber(rows)}`}
          aria-label={`${entry} ${rows.length + 1}`}
          placeholder={placeholder}
          className={`${controlClass} mt-2 h-10 px-3`}
        />
      </noscript>
      <AddButton entry={entry} onClick={() => add([""])} />
      {(hint || problem) && (
        <div id={`${id}-about`} className="mt-1.5 grid gap-1 text-sm text-ink-muted">
          {problem && <p className="text-danger">{errorSentence(label, problem)}</p>}
          {hint && <p>{hint}</p>}
        </div>
      )}
    </fieldset>
  );
}

function AddButton({ entry, onClick }: { entry: string; onClick: () => void }) {
  return (
    <Button variant="quiet" size="sm" onClick={onClick} className="mt-2 -ml-3 disabled:hidden noscript:hidden">
      <Plus aria-hidden="true" className="size-4" strokeWidth={1.75} />
      Add {entry.charAt(0).toLowerCase() + entry.slice(1)}
    </Button>
  );
}
