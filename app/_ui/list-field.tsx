"use client";

// A list of texts in a `Form`, each in a field of its own: sends `name.0`, `name.1`, …, and the error of each stands beside it. Whoever
// pastes several lines gets as many fields. Without JavaScript there is always one more to fill in.
import { Plus, X } from "lucide-react";
import { type ClipboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Button } from "./button";
import { errorSentence } from "./error-sentence";
import { controlClass } from "./field";
import { useFormState } from "./form-context";

type ListFieldProps = {
  label: string;
  /** One of them: "Redirect URI". */
  entry: string;
  name: string;
  defaultValues: string[];
  hint?: ReactNode;
  placeholder?: string;
  optional?: boolean;
};

/** Begins anew when other values come from the server. */
export function ListField(props: ListFieldProps) {
  return <Entries key={props.defaultValues.join("\n")} {...props} />;
}

/** `number` is in the name of the field and stays, whichever entries before it go. */
type Row = { number: number; value: string };

function rowsOf(name: string, defaults: string[], values?: Record<string, string>): Row[] {
  const sent = Object.entries(values ?? {}).flatMap(([field, value]) =>
    field.startsWith(`${name}.`) ? [{ number: Number(field.slice(name.length + 1)), value }] : [],
  );
  const rows = values ? sent : defaults.map((value, number) => ({ number, value }));
  return rows.length > 0 ? rows : [{ number: 0, value: "" }];
}

function after(rows: Row[]): number {
  return Math.max(...rows.map(({ number }) => number)) + 1;
}

function Entries({ label, entry, name, defaultValues, hint, placeholder, optional }: ListFieldProps) {
  const id = useId();
  const { fields, values } = useFormState();
  const [rows, setRows] = useState(() => rowsOf(name, defaultValues, values));
  // An object, so that the same one can be focused twice.
  const [focused, setFocused] = useState<{ number?: number }>({});
  const focus = (number?: number) => setFocused({ number });
  const problem = fields?.[name];

  function add(texts: string[]) {
    const from = after(rows);
    setRows([...rows, ...texts.map((value, index) => ({ number: from + index, value }))]);
    focus(from + texts.length - 1);
  }

  function remove(number: number) {
    const rest = rows.filter((row) => row.number !== number);
    const before = rows[Math.max(0, rows.findIndex((row) => row.number === number) - 1)]?.number;
    const next = rest.length > 0 ? rest : [{ number: after(rows), value: "" }];
    setRows(next);
    focus(next.find((row) => row.number === before)?.number ?? next[0]?.number);
  }

  function paste(event: ClipboardEvent<HTMLInputElement>) {
    const lines = event.clipboardData
      .getData("text")
      .split(/\s*\n\s*/)
      .filter(Boolean);
    if (lines.length < 2) return;
    event.preventDefault();
    const [first = "", ...others] = lines;
    event.currentTarget.setRangeText(first.trim());
    add(others.map((line) => line.trim()));
  }

  return (
    <fieldset className="min-w-0" aria-describedby={hint || problem ? `${id}-about` : undefined}>
      <legend className="mb-1.5 flex w-full items-baseline justify-between gap-4 text-sm">
        <span className="font-medium">{label}</span>
        {optional && <span className="text-ink-muted">optional</span>}
      </legend>
      <ul className="grid gap-2">
        {rows.map((row, index) => (
          <li key={row.number}>
            <Entry
              id={`${id}-${row.number}`}
              name={`${name}.${row.number}`}
              label={`${entry} ${index + 1}`}
              subject={entry}
              initial={values ? (values[`${name}.${row.number}`] ?? row.value) : row.value}
              problem={fields?.[`${name}.${row.number}`]}
              // Of the whole list, when nothing is in it.
              invalid={Boolean(problem) && index === 0}
              placeholder={placeholder}
              focused={focused.number === row.number ? focused : undefined}
              onPaste={paste}
              onRemove={rows.length > 1 || row.value !== "" ? () => remove(row.number) : undefined}
            />
          </li>
        ))}
      </ul>
      <noscript>
        <input
          name={`${name}.${after(rows)}`}
          aria-label={`${entry} ${rows.length + 1}`}
          placeholder={placeholder}
          className={`${controlClass} mt-2 h-10 px-3`}
        />
      </noscript>
      <Button
        variant="quiet"
        size="sm"
        onClick={() => add([""])}
        className="mt-2 -ml-3 disabled:hidden noscript:hidden"
      >
        <Plus aria-hidden="true" className="size-4" strokeWidth={1.75} />
        Add another
        <span className="sr-only">, {entry}</span>
      </Button>
      {(hint || problem) && (
        <div id={`${id}-about`} className="mt-1.5 grid gap-1 text-sm text-ink-muted">
          {problem && <p className="text-danger">{errorSentence(label, problem)}</p>}
          {hint && <p>{hint}</p>}
        </div>
      )}
    </fieldset>
  );
}

type EntryProps = {
  id: string;
  name: string;
  label: string;
  subject: string;
  initial: string;
  problem?: string;
  invalid: boolean;
  placeholder?: string;
  focused?: object;
  onPaste: (event: ClipboardEvent<HTMLInputElement>) => void;
  /** Absent where there is nothing to remove. */
  onRemove?: () => void;
};

function Entry({ id, name, label, subject, initial, problem, invalid, placeholder, focused, ...on }: EntryProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focused) input.current?.focus();
  }, [focused]);
  return (
    <>
      <div className="relative">
        <input
          ref={input}
          name={name}
          aria-label={label}
          aria-invalid={problem || invalid ? true : undefined}
          aria-describedby={problem ? `${id}-error` : undefined}
          defaultValue={initial}
          placeholder={placeholder}
          onPaste={on.onPaste}
          maxLength={2000}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          dir="ltr"
          className={`${controlClass} h-10 pr-11 pl-3 font-mono text-sm! sm:text-[0.8125rem]!`}
        />
        {on.onRemove && (
          <button
            type="button"
            aria-label={`Remove ${label}`}
            onClick={on.onRemove}
            className="absolute inset-y-0 right-0 grid w-11 cursor-pointer place-items-center rounded-md text-ink-muted hover:text-ink disabled:hidden noscript:hidden"
          >
            <X aria-hidden="true" className="size-4" strokeWidth={1.75} />
          </button>
        )}
      </div>
      {problem && (
        <p id={`${id}-error`} className="mt-1.5 text-sm break-words text-danger">
          {errorSentence(subject, problem)}
        </p>
      )}
    </>
  );
}
