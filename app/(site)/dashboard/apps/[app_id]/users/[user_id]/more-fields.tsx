"use client";

// Collapsible section for rarely used fields. It opens when one of them has an error.
import { ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useFormState } from "@/app/_ui/form-context";

type MoreFieldsProps = {
  summary: string;
  names: string[];
  /** Open initially, since a field has an unusual value. */
  unusual?: boolean;
  children: ReactNode;
};

export function MoreFields({ summary, names, unusual = false, children }: MoreFieldsProps) {
  const [open, setOpen] = useState(unusual);
  const { fields = {} } = useFormState();
  const hasError = names.some((name) => name in fields);
  return (
    <details open={open || hasError} onToggle={(event) => setOpen(event.currentTarget.open)} className="group">
      <summary className="-my-2.5 inline-flex cursor-pointer list-none py-2.5 items-center gap-1.5 rounded-sm text-sm font-medium text-ink-muted hover:text-ink">
        <ChevronRight aria-hidden="true" className="size-4 transition-transform group-open:rotate-90" />
        {summary}
      </summary>
      <div className="pt-4">{children}</div>
    </details>
  );
}
