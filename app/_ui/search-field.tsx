// Search form, submitted by GET so that it works without JavaScript.
import { Search } from "lucide-react";
import Form from "next/form";
import Link from "next/link";
import { Button } from "./button";

type SearchFieldProps = {
  /** The page that shows the result. */
  action: string;
  label: string;
  placeholder?: string;
  /** The current search text. */
  query?: string;
};

export function SearchField({ action, label, placeholder, query }: SearchFieldProps) {
  return (
    <Form action={action} prefetch={false} role="search" className="flex min-w-0 flex-1 items-center gap-2">
      <div className="relative min-w-0 flex-1 sm:max-w-sm">
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-muted"
        />
        <input
          // The key makes the field follow the URL, also when a link clears it.
          key={query}
          type="search"
          name="q"
          aria-label={label}
          placeholder={placeholder}
          defaultValue={query}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          className="block h-10 w-full rounded-md border border-line-strong bg-surface-raised pr-3 pl-9 text-base placeholder:text-ink-muted sm:text-sm"
        />
      </div>
      <Button type="submit" variant="secondary">
        Search
      </Button>
      {query && (
        <Link href={action} prefetch={false} className="rounded-sm px-2 text-sm text-ink-muted hover:text-ink">
          Clear
        </Link>
      )}
    </Form>
  );
}
