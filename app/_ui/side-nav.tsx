"use client";

// Grouped navigation: a column on wide screens, otherwise a menu.
import { ChevronDown } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useId } from "react";
import { Disclosure } from "./disclosure";
import { currentState, type NavItem } from "./nav-item";
import { NavPending } from "./nav-pending";

export type NavGroup = { label?: string; items: NavItem[] };

type SideNavProps = { label: string; groups: NavGroup[] };

export function SideNav({ label, groups }: SideNavProps) {
  const path = usePathname();
  const items = groups.flatMap((group) => group.items);
  const current = items.find((item) => currentState(item, path));
  return (
    <>
      <nav aria-label={label} className="hidden gap-6 xl:grid">
        <Groups groups={groups} path={path} />
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
          panelClass="inset-x-0 mt-2 grid grid-cols-2 gap-x-4 gap-y-5 p-4 sm:grid-cols-4"
        >
          <Groups groups={groups} path={path} />
        </Disclosure>
      </nav>
    </>
  );
}

function Groups({ groups, path }: Pick<SideNavProps, "groups"> & { path: string }) {
  const id = useId();
  return groups.map(({ label, items }, index) => (
    <div key={label ?? index} className={label ? "min-w-0" : "col-span-full"}>
      {label && (
        <p id={`${id}${index}`} className="mb-1 px-3 text-xs text-ink-muted">
          {label}
        </p>
      )}
      <ul aria-labelledby={label && `${id}${index}`} className="grid gap-px">
        {items.map((item) => (
          <li key={item.href}>
            <Link
              href={item.href}
              prefetch={false}
              aria-current={currentState(item, path)}
              className="relative flex min-h-9 items-center pointer-coarse:min-h-11 gap-2.5 rounded-sm px-3 text-sm font-medium text-ink-muted transition-colors before:absolute before:inset-y-2 before:left-0 before:w-0.5 before:rounded-full hover:text-ink aria-[current]:bg-surface-sunken aria-[current]:text-ink aria-[current]:before:bg-accent"
            >
              {item.icon}
              {item.label}
              <NavPending className="ml-auto size-1.5 rounded-full" />
            </Link>
          </li>
        ))}
      </ul>
    </div>
  ));
}
