"use client";

// Links of which one is the present place: the rooms of the dashboard, the rooms of an App.
import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

export type NavItem = {
  href: string;
  label: string;
  icon?: ReactNode;
  /** Only this very page, none below it. */
  exact?: boolean;
  /** Other places that belong to it. */
  under?: string[];
};

export function Nav({ label, items }: { label: string; items: NavItem[] }) {
  const path = usePathname().replace(/\/$/, "");
  return (
    <nav aria-label={label} className="-mb-px h-full overflow-x-auto [scrollbar-width:none]">
      <ul className="flex h-full gap-1">
        {items.map(({ href, label: name, icon, exact, under = [] }) => {
          const within = exact ? under : [href, ...under];
          const current = path === href || within.some((place) => path === place || path.startsWith(`${place}/`));
          return (
            <li key={href}>
              <Link
                href={href}
                prefetch={false}
                aria-current={current ? (path === href ? "page" : "true") : undefined}
                className="relative flex h-full min-h-11 items-center gap-2 border-b-2 border-transparent px-3 text-sm font-medium whitespace-nowrap text-ink-muted -outline-offset-2 transition-colors hover:text-ink aria-[current]:border-accent aria-[current]:text-ink"
              >
                {icon}
                {name}
                <OnTheWay />
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function OnTheWay() {
  const { pending } = useLinkStatus();
  if (!pending) return null;
  return (
    <span
      aria-hidden="true"
      className="absolute inset-x-0 -bottom-0.5 h-0.5 animate-[appear_1ms_150ms_both,breathe_1s_infinite] bg-accent"
    />
  );
}
