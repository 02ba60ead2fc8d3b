"use client";

// Navigation in two levels: a column on wide screens, otherwise a menu. The entry of the current page shows its pages.
import { ChevronDown } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Disclosure } from "./disclosure";
import { currentState, type NavItem } from "./nav-item";
import { NavPending } from "./nav-pending";

/** `items`: the pages of the entry. Its link opens the first one. */
export type NavEntry = NavItem & { items?: NavItem[] };

type SideNavProps = { label: string; entries: NavEntry[] };

export function SideNav({ label, entries }: SideNavProps) {
  const path = usePathname();
  const pages = entries.flatMap((entry) => entry.items ?? [entry]);
  const current = pages.find((item) => currentState(item, path));
  return (
    <>
      <nav aria-label={label} className="hidden xl:block">
        <Entries entries={entries} path={path} />
      </nav>
      <nav aria-label={label} className="xl:hidden">
        <Disclosure
          summary={
            <>
              <span className="sr-only">{label} navigation, current page: </span>
              {current?.label ?? "Menu"}
              <ChevronDown
                aria-hidden="true"
                className="size-4 text-ink-muted transition-transform group-open:rotate-180"
                strokeWidth={1.75}
              />
            </>
          }
          summaryClass="flex h-11 items-center justify-between gap-3 rounded-md border border-line-strong bg-surface-raised px-4 text-sm font-medium hover:border-ink-muted sm:w-72"
          panelClass="inset-x-0 mt-2 p-2 sm:w-72"
        >
          <Entries entries={entries} path={path} />
        </Disclosure>
      </nav>
    </>
  );
}

function Entries({ entries, path }: { entries: NavEntry[]; path: string }) {
  return (
    <ul className="grid gap-px">
      {entries.map((entry) => {
        const { items } = entry;
        if (!items) return <Entry key={entry.label} item={entry} state={currentState(entry, path)} />;
        const isOpen = items.some((item) => currentState(item, path));
        return (
          <Entry key={entry.label} item={entry} state={isOpen ? "true" : undefined}>
            <ul hidden={!isOpen} className="mt-px mb-1.5 ml-5 border-l border-line pl-1.5">
              {items.map((item) => (
                <Entry key={item.href} item={item} state={currentState(item, path)} isPage />
              ))}
            </ul>
          </Entry>
        );
      })}
    </ul>
  );
}

type EntryProps = {
  item: NavItem;
  state: ReturnType<typeof currentState>;
  /** One of the pages of an entry. */
  isPage?: boolean;
  children?: React.ReactNode;
};

function Entry({ item, state, isPage, children }: EntryProps) {
  // An entry with pages only names them: the current one is marked below it.
  const marked = children ? "aria-[current]:text-ink" : "aria-[current]:bg-surface-sunken aria-[current]:text-ink";
  return (
    <li>
      <Link
        href={item.href}
        prefetch={false}
        aria-current={state}
        className={`flex items-center gap-2.5 rounded-sm px-3 text-sm text-ink-muted transition-colors hover:text-ink pointer-coarse:min-h-11 ${isPage ? "min-h-8" : "min-h-9 font-medium"} ${marked}`}
      >
        {item.icon}
        {item.label}
        <NavPending className="ml-auto size-1.5 rounded-full" />
      </Link>
      {children}
    </li>
  );
}
