// How it went, as a mark before the sentence; the sentence says it as well.
const looks: Record<string, string> = {
  success: "border-line-strong bg-surface-raised",
  failure: "border-danger bg-danger",
  rejected: "border-warning bg-warning",
};

export function OutcomeMark({ outcome }: { outcome: string }) {
  return (
    <span
      aria-hidden="true"
      className={`mt-1.75 size-2 shrink-0 rounded-full border ${looks[outcome] ?? looks.success}`}
    />
  );
}
