// Breadcrumb: the parent pages, outermost first.
import { ChevronRight } from "lucide-react";
import Link from "next/link";

export type BreadcrumbItem = { href: string; label: string };

export function Breadcrumb({ items }: { items: BreadcrumbItem[] }) {
  return (
    <nav aria-label="Breadcrumb" className="mb-2">
      <ol className="flex min-w-0 flex-wrap items-center gap-x-1.5 text-sm text-ink-muted">
        {items.map(({ href, label }, index) => (
          <li key={href} className="flex min-w-0 items-center gap-1.5">
            {index > 0 && <ChevronRight aria-hidden="true" className="size-3.5 shrink-0" strokeWidth={1.75} />}
            <Link
              href={href}
              prefetch={false}
              className="-my-2.5 min-w-0 truncate rounded-sm py-2.5 hover:text-ink"
              dir="auto"
            >
              {label}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
