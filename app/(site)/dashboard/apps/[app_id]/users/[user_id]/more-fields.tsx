"use client";

// Fields that are seldom needed, folded away until one of them is wrong.
import { ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useFormState } from "@/app/_ui/form-context";

type MoreFieldsProps = {
  summary: string;
  names: string[];
  /** One of them says something out of the ordinary. */
  unusual?: boolean;
  children: ReactNode;
};

export function MoreFields({ summary, names, unusual = false, children }: MoreFieldsProps) {
  const [open, setOpen] = useState(unusual);
  const { fields = {} } = useFormState();
  const wrong = names.some((name) => name in fields);
  return (
    <details open={open || wrong} onToggle={(event) => setOpen(event.currentTarget.open)} className="group">
      <summary className="-my-2.5 inline-flex cursor-pointer list-none py-2.5 items-center gap-1.5 rounded-sm text-sm font-medium text-ink-muted hover:text-ink">
        <ChevronRight aria-hidden="true" className="size-4 transition-transform group-open:rotate-90" />
        {summary}
      </summary>
      <div className="pt-4">{children}</div>
    </details>
  );
}
