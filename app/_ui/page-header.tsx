// Header of a dashboard page: breadcrumb, title, description and actions.
import type { ReactNode } from "react";
import { Breadcrumb, type BreadcrumbItem } from "./breadcrumb";
import { PageTitle } from "./page-title";

type PageHeaderProps = {
  title: string;
  description?: ReactNode;
  /** Buttons to the right of the title. */
  actions?: ReactNode;
  /** The parent pages, outermost first. */
  breadcrumb?: BreadcrumbItem[];
};

export function PageHeader({ title, description, actions, breadcrumb }: PageHeaderProps) {
  return (
    <header className="mb-6">
      {breadcrumb && <Breadcrumb items={breadcrumb} />}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        {/* The actions wrap before the description gets narrow. */}
        <div className={`min-w-0 flex-1 ${description ? "basis-72" : "basis-40"}`}>
          <PageTitle>{title}</PageTitle>
          {description && <div className="mt-1.5 max-w-2xl text-base break-words text-ink-muted">{description}</div>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-3">{actions}</div>}
      </div>
    </header>
  );
}
