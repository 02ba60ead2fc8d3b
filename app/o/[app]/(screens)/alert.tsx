// Alert box: an error, warning or success message above a form.
import { CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const tones = {
  danger: { look: "bg-danger-soft text-danger", Icon: CircleAlert },
  warning: { look: "bg-warning-soft text-warning", Icon: TriangleAlert },
  success: { look: "bg-success-soft text-success", Icon: CircleCheck },
};

type AlertProps = { tone: keyof typeof tones; role?: "alert" | "status"; className?: string; children: ReactNode };

export function Alert({ tone, role, className = "", children }: AlertProps) {
  const { look, Icon } = tones[tone];
  return (
    <div role={role} className={`flex gap-2.5 rounded-md px-3.5 py-3 text-sm ${look} ${className}`}>
      <Icon aria-hidden="true" className="mt-0.5 size-4.5 shrink-0" strokeWidth={1.75} />
      <div className="min-w-0 wrap-anywhere">{children}</div>
    </div>
  );
}
