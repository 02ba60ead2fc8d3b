// Status label. The text carries the meaning; the color only repeats it.
import type { ReactNode } from "react";

const tones = {
  neutral: "border-line bg-surface-sunken text-ink-muted",
  accent: "border-transparent bg-accent-soft text-accent",
  success: "border-transparent bg-success-soft text-success",
  warning: "border-transparent bg-warning-soft text-warning",
  danger: "border-transparent bg-danger-soft text-danger",
};

export function Badge({ tone = "neutral", children }: { tone?: keyof typeof tones; children: ReactNode }) {
  return (
    <span className={`inline-flex items-center rounded-sm border px-1.5 text-xs font-medium ${tones[tone]}`}>
      {children}
    </span>
  );
}
