// Colored dot for the outcome of an event. The summary next to it states the outcome, too.
const colors: Record<string, string> = {
  success: "border-line-strong bg-surface-raised",
  failure: "border-danger bg-danger",
  rejected: "border-warning bg-warning",
};

export function OutcomeMark({ outcome }: { outcome: string }) {
  return (
    <span
      aria-hidden="true"
      className={`mt-1.75 size-2 shrink-0 rounded-full border ${colors[outcome] ?? colors.success}`}
    />
  );
}
