// The head of a page of the dashboard: where one is, what it is for, and what can be done.
import { ChevronRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

type PageHeaderProps = {
  title: string;
  description?: ReactNode;
  /** Buttons at the right of the title. */
  actions?: ReactNode;
  /** The pages above this one, the outermost first. */
  breadcrumb?: { href: string; label: string }[];
};

export function PageHeader({ title, description, actions, breadcrumb }: PageHeaderProps) {
  return (
    <header className="mb-8">
      {breadcrumb && (
        <nav aria-label="Breadcrumb" className="mb-2">
          <ol className="flex min-w-0 flex-wrap items-center gap-x-1.5 text-sm text-ink-muted">
            {breadcrumb.map(({ href, label }) => (
              <li key={href} className="flex min-w-0 items-center gap-1.5">
                <Link href={href} prefetch={false} className="min-w-0 truncate rounded-sm hover:text-ink" dir="auto">
                  {label}
                </Link>
                <ChevronRight aria-hidden="true" className="size-3.5 shrink-0" strokeWidth={1.75} />
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="min-w-0 flex-1 basis-40">
          <h1 dir="auto" className="text-left text-2xl font-medium break-words">
            {title}
          </h1>
          {description && <div className="mt-1.5 max-w-2xl text-base break-words text-ink-muted">{description}</div>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-3">{actions}</div>}
      </div>
    </header>
  );
}
