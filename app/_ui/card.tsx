// Card: a bordered section with an optional title, description and actions.
import type { ReactNode } from "react";

type CardProps = {
  title?: string;
  description?: ReactNode;
  /** Buttons to the right of the title. */
  actions?: ReactNode;
  children: ReactNode;
};

export function Card({ title, description, actions, children }: CardProps) {
  return (
    <section className="rounded-lg border border-line bg-surface-raised shadow-sm">
      {title && (
        <header className="flex flex-wrap items-start justify-between gap-4 px-6 pt-5">
          <div className="min-w-0">
            <h2 className="text-base font-semibold">{title}</h2>
            {description && <p className="mt-1 text-sm text-ink-muted">{description}</p>}
          </div>
          {actions}
        </header>
      )}
      <div className="px-6 py-5">{children}</div>
    </section>
  );
}
