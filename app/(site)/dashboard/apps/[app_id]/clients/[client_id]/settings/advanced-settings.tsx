"use client";

// Collapsible part of the settings form. It opens by itself to show an error.
import { ChevronRight } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useFormState } from "@/app/_ui/form-context";

export function AdvancedSettings({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDetailsElement>(null);
  const state = useFormState();
  // Before the form's own effect, which focuses the first invalid field.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs after each result
  useEffect(() => {
    if (box.current?.querySelector("[aria-invalid=true]")) box.current.open = true;
  }, [state]);
  return (
    <details ref={box} className="group min-w-0 border-t border-line pt-6">
      <summary className="-m-2 flex cursor-pointer list-none items-start gap-2 rounded-md p-2 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden="true"
          className="mt-1 size-4 shrink-0 text-ink-muted transition-transform group-open:rotate-90"
        />
        <span>
          <span className="block text-base font-semibold">Advanced settings</span>
          <span className="block text-sm text-ink-muted">
            Grant types, keys, signed requests, tokens, logout and lifetimes. The defaults are safe.
          </span>
        </span>
      </summary>
      <div className="mt-8 grid gap-8">{children}</div>
    </details>
  );
}
