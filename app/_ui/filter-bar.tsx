"use client";

// Search and filters of a list, submitted by GET so that they work without JavaScript.
import { Search } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useEffect, useRef, useState, useTransition } from "react";
import { Button } from "./button";
import { Spinner } from "./spinner";

export interface FilterChoice {
  value: string;
  label: string;
}

export interface Filter {
  name: string;
  /** The accessible name of the select: "Type". */
  label: string;
  /** The first choice, which doesn't filter: "All types". */
  any: string;
  /** Single choices or named groups of them. */
  choices: (FilterChoice | { group: string; choices: FilterChoice[] })[];
  value?: string;
}

type FilterBarProps = {
  /** The page that shows the result. */
  action: string;
  search: { label: string; placeholder: string; value?: string };
  filters: Filter[];
  /** Whether a filter is active. */
  isFiltered: boolean;
  /** Additional controls. */
  children?: ReactNode;
};

const controlLook = "h-10 rounded-md border border-line-strong bg-surface-raised text-base sm:text-sm";

export function FilterBar({ action, search, filters, isFiltered, children }: FilterBarProps) {
  const form = useRef<HTMLFormElement>(null);
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const submitForm = () => form.current?.requestSubmit();

  /** Submits as the browser would, but leaves out empty fields. */
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const entries = [...new FormData(event.currentTarget)].filter(
      (entry): entry is [string, string] => typeof entry[1] === "string" && entry[1] !== "",
    );
    startTransition(() => router.push(entries.length > 0 ? `${action}?${new URLSearchParams(entries)}` : action));
  }

  return (
    <search>
      <form ref={form} action={action} onSubmit={submit} className="grid gap-2 xl:flex xl:flex-wrap xl:items-center">
        <div className="flex min-w-0 items-center gap-2 xl:w-72">
          <div className="relative min-w-0 flex-1 sm:max-w-md">
            <Search
              aria-hidden="true"
              className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-muted"
            />
            <input
              // The key makes the field follow the URL, also when a link clears it.
              key={search.value}
              type="search"
              name="q"
              aria-label={search.label}
              placeholder={search.placeholder}
              defaultValue={search.value}
              maxLength={200}
              autoComplete="off"
              spellCheck={false}
              className={`${controlLook} block w-full pr-3 pl-9 placeholder:text-ink-muted`}
            />
          </div>
          <Button
            type="submit"
            variant="secondary"
            className="[@media(scripting:enabled)]:xl:sr-only [@media(scripting:enabled)]:xl:focus:not-sr-only"
          >
            {pending && <Spinner />}
            Search
          </Button>
        </div>
        <div className="grid grid-cols-2 gap-2 sm:flex sm:flex-wrap">
          {filters.map((filter) => (
            <FilterSelect key={filter.name} filter={filter} onChange={submitForm} />
          ))}
          {children}
          {isFiltered && (
            <Link
              href={action}
              prefetch={false}
              className="self-center rounded-sm px-2 py-2 text-sm text-ink-muted hover:text-ink"
            >
              Clear filters
            </Link>
          )}
        </div>
      </form>
    </search>
  );
}

function FilterSelect({ filter, onChange }: { filter: Filter; onChange: () => void }) {
  const { name, label, any, choices, value = "" } = filter;
  // Controlled, so that the select follows the URL and keeps the focus while the list reloads.
  const [selected, setSelected] = useState(value);
  useEffect(() => setSelected(value), [value]);
  return (
    <select
      name={name}
      aria-label={label}
      value={selected}
      onChange={(event) => {
        setSelected(event.target.value);
        // Waits until the form holds the new value.
        setTimeout(onChange);
      }}
      className={`${controlLook} max-w-full min-w-0 truncate pl-2.5 sm:max-w-48 ${value ? "border-accent bg-accent-soft font-medium text-accent" : ""}`}
    >
      <option value="">{any}</option>
      {choices.map((choice) =>
        "group" in choice ? (
          <optgroup key={choice.group} label={choice.group}>
            {choice.choices.map(option)}
          </optgroup>
        ) : (
          option(choice)
        ),
      )}
    </select>
  );
}

function option({ value, label }: FilterChoice) {
  return (
    <option key={value} value={value}>
      {label}
    </option>
  );
}
