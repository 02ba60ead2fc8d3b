// Icon for the outcome of an event. The summary next to it states the outcome, too.
import { Check, type LucideIcon, ShieldX, X } from "lucide-react";

const MARKS: Record<string, { Icon: LucideIcon; color: string }> = {
  success: { Icon: Check, color: "text-ink-muted" },
  failure: { Icon: X, color: "text-danger" },
  rejected: { Icon: ShieldX, color: "text-warning" },
};
const SUCCESS = { Icon: Check, color: "text-ink-muted" };

export function OutcomeMark({ outcome }: { outcome: string }) {
  const { Icon, color } = MARKS[outcome] ?? SUCCESS;
  return <Icon aria-hidden="true" className={`size-4 shrink-0 translate-y-0.75 ${color}`} strokeWidth={2} />;
}
