// Empty state: what a list will show, and a button to fill it.
import type { ReactNode } from "react";

type EmptyStateProps = {
  title: string;
  /** What the list shows and how to add to it. */
  children: ReactNode;
  action?: ReactNode;
};

export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center rounded-lg border border-dashed border-line-strong px-6 py-14 text-center">
      <ArchDrawing />
      <h2 className="mt-5 text-base font-semibold">{title}</h2>
      <div className="mt-1.5 max-w-md text-sm text-ink-muted">{children}</div>
      {action && <div className="mt-6">{action}</div>}
    </div>
  );
}

// Decorative drawing.
function ArchDrawing() {
  return (
    <svg viewBox="0 0 72 64" fill="none" strokeWidth="1.25" aria-hidden="true" className="h-16 w-18 stroke-line-strong">
      <path className="fill-surface-raised" d="M20 60V26a16 16 0 0 1 32 0v34" />
      <path className="fill-accent-soft" d="M27 60V28a9 9 0 0 1 18 0v32" />
      <path d="M4 60h64M15 60V26a21 21 0 0 1 42 0v34" />
    </svg>
  );
}
