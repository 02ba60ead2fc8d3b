"use client";

// Narrows a list by GET: the result is an address to keep. A choice is sent as it is made; without JavaScript there is the button.
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
  /** For those who do not see it; the first choice says it as well: "Any type". */
  label: string;
  any: string;
  /** Alone, or in named groups. */
  choices: (FilterChoice | { group: string; choices: FilterChoice[] })[];
  value?: string;
}

type FilterBarProps = {
  /** The page that shows the result. */
  action: string;
  search: { label: string; placeholder: string; value?: string };
  filters: Filter[];
  /** Whether anything is narrowed at present. */
  narrowed: boolean;
  /** Further controls of the form. */
  children?: ReactNode;
};

const controlLook = "h-10 rounded-md border border-line-strong bg-surface-raised text-base sm:text-sm";

export function FilterBar({ action, search, filters, narrowed, children }: FilterBarProps) {
  const form = useRef<HTMLFormElement>(null);
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const send = () => form.current?.requestSubmit();

  /** As the browser would, but without the fields that say nothing. */
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = [...new FormData(event.currentTarget)].filter(
      (entry): entry is [string, string] => typeof entry[1] === "string" && entry[1] !== "",
    );
    startTransition(() => router.push(given.length > 0 ? `${action}?${new URLSearchParams(given)}` : action));
  }

  return (
    <search>
      <form ref={form} action={action} onSubmit={submit} className="grid gap-3">
        <div className="flex min-w-0 items-center gap-2">
          <div className="relative min-w-0 flex-1 sm:max-w-md">
            <Search
              aria-hidden="true"
              className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-muted"
            />
            <input
              // The field follows the address, also when a link clears it.
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
          <Button type="submit" variant="secondary">
            {pending && <Spinner />}
            Search
          </Button>
          {narrowed && (
            <Link href={action} prefetch={false} className="rounded-sm px-2 text-sm text-ink-muted hover:text-ink">
              Clear
            </Link>
          )}
        </div>
        <div className="grid grid-cols-2 gap-2 sm:flex sm:flex-wrap">
          {filters.map((filter) => (
            <Choice key={filter.name} filter={filter} onChange={send} />
          ))}
          {children}
        </div>
      </form>
    </search>
  );
}

function Choice({ filter, onChange }: { filter: Filter; onChange: () => void }) {
  const { name, label, any, choices, value = "" } = filter;
  // A control of its own, so that it follows the address and yet keeps the focus while the list changes.
  const [chosen, choose] = useState(value);
  useEffect(() => choose(value), [value]);
  return (
    <select
      name={name}
      aria-label={label}
      value={chosen}
      onChange={(event) => {
        choose(event.target.value);
        // After the choice is in the form.
        setTimeout(onChange);
      }}
      className={`${controlLook} max-w-full min-w-0 truncate px-2.5 sm:max-w-56 ${value ? "border-accent bg-accent-soft font-medium text-accent" : ""}`}
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
