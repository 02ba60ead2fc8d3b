"use client";

// Horizontal navigation that marks the current page.
import Link from "next/link";
import { usePathname } from "next/navigation";
import { currentState, type NavItem } from "./nav-item";
import { NavPending } from "./nav-pending";

export function Nav({ label, items }: { label: string; items: NavItem[] }) {
  const path = usePathname();
  return (
    <nav aria-label={label} className="-mb-px h-full overflow-x-auto [scrollbar-width:none]">
      <ul className="flex h-full gap-6">
        {items.map((item) => (
          <li key={item.href}>
            <Link
              href={item.href}
              prefetch={false}
              aria-current={currentState(item, path)}
              className="relative flex h-full min-h-11 items-center gap-2 border-b-2 border-transparent text-sm font-medium whitespace-nowrap text-ink-muted -outline-offset-2 transition-colors hover:text-ink aria-[current]:border-accent aria-[current]:text-ink"
            >
              {item.icon}
              {item.label}
              <NavPending className="absolute inset-x-0 -bottom-0.5 h-0.5" />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
