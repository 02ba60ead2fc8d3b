// "Danger zone" card: actions that are hard or impossible to undo.
import type { ReactNode } from "react";

type DangerItem = { title: string; description: ReactNode; action: ReactNode };

export function DangerCard({ items }: { items: DangerItem[] }) {
  return (
    <section aria-labelledby="danger-zone" className="rounded-lg border border-danger bg-surface-raised shadow-sm">
      <h2 id="danger-zone" className="px-6 pt-5 text-base font-semibold text-danger">
        Danger zone
      </h2>
      <ul className="divide-y divide-line px-6">
        {items.map(({ title, description, action }) => (
          <li key={title} className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3 py-5">
            <div className="min-w-0 flex-1 basis-64 text-sm">
              <h3 className="font-medium">{title}</h3>
              <div className="mt-0.5 text-ink-muted">{description}</div>
            </div>
            {action}
          </li>
        ))}
      </ul>
    </section>
  );
}
