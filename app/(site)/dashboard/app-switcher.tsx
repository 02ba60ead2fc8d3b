"use client";

// Switcher of apps, which keeps the current page.
import { Check, ChevronsUpDown, LayoutGrid, Plus } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { Disclosure } from "@/app/_ui/disclosure";
import { SEARCHED_FROM } from "./app-switcher-limit";
import { pageOfOtherApp } from "./apps/[app_id]/app-pages";

type AppSwitcherProps = { apps: { id: string; name: string }[] };

export function AppSwitcher({ apps }: AppSwitcherProps) {
  const path = usePathname();
  const [filter, setFilter] = useState("");
  const currentId = /^\/dashboard\/apps\/([^/]+)/.exec(path)?.[1];
  const current = apps.find(({ id }) => id === currentId);
  const shown = apps.filter(({ name, id }) => `${name} ${id}`.toLowerCase().includes(filter.trim().toLowerCase()));
  return (
    <Disclosure
      className="min-w-0"
      summary={
        <>
          <span className="sr-only">App: </span>
          <span dir="auto" className="min-w-0 truncate">
            {current?.name ?? "Apps"}
          </span>
          <ChevronsUpDown aria-hidden="true" className="size-4 shrink-0 text-ink-muted" strokeWidth={1.75} />
        </>
      }
      summaryClass="flex h-9 max-w-64 min-w-0 items-center gap-2 rounded-sm px-2.5 text-sm font-medium hover:bg-surface-sunken pointer-coarse:h-10"
      panelClass="left-0 mt-2 w-72 max-w-[calc(100vw-3rem)] p-1.5"
    >
      {apps.length > SEARCHED_FROM && (
        <input
          type="search"
          aria-label="Filter apps"
          placeholder="Filter apps"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          className="mb-1.5 h-9 w-full rounded-sm border border-line-strong bg-surface-raised px-2.5 text-sm noscript:hidden"
        />
      )}
      <ul className="max-h-72 overflow-y-auto">
        {shown.map(({ id, name }) => (
          <li key={id}>
            <Link
              href={pageOfOtherApp(path, id)}
              prefetch={false}
              aria-current={id === currentId ? "true" : undefined}
              className={itemClass}
            >
              <span dir="auto" className="min-w-0 truncate">
                {name}
              </span>
              {id === currentId && <Check aria-hidden="true" className="ml-auto size-4 shrink-0 text-accent" />}
            </Link>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p className="px-2.5 py-2 text-sm text-ink-muted">No apps found</p>}
      <div className="mt-1.5 border-t border-line pt-1.5">
        <Link href="/dashboard" prefetch={false} className={itemClass}>
          <LayoutGrid aria-hidden="true" className="size-4 text-ink-muted" strokeWidth={1.75} />
          All apps
        </Link>
        <Link href="/dashboard/new" prefetch={false} className={itemClass}>
          <Plus aria-hidden="true" className="size-4 text-ink-muted" strokeWidth={1.75} />
          Create app
        </Link>
      </div>
    </Disclosure>
  );
}

const itemClass =
  "flex min-h-9 min-w-0 items-center gap-2.5 rounded-sm px-2.5 text-sm hover:bg-surface-sunken pointer-coarse:min-h-11";
