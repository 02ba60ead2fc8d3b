"use client";

// Panel that opens below its button and closes on Escape, an outside click or navigation.
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";

type DisclosureProps = {
  /** The content of the button. */
  summary: ReactNode;
  className?: string;
  summaryClass: string;
  panelClass: string;
  children: ReactNode;
};

export function Disclosure({ summary, className = "", summaryClass, panelClass, children }: DisclosureProps) {
  const box = useRef<HTMLDetailsElement>(null);
  const path = usePathname();

  // biome-ignore lint/correctness/useExhaustiveDependencies: closes on every change of the path
  useEffect(() => close(box.current), [path]);

  useEffect(() => {
    function onPointerDown(event: PointerEvent) {
      if (!box.current?.contains(event.target as Node)) close(box.current);
    }
    function onKeyDown(event: KeyboardEvent) {
      if (event.key !== "Escape" || !box.current?.open) return;
      close(box.current);
      box.current.querySelector("summary")?.focus();
    }
    document.addEventListener("pointerdown", onPointerDown);
    document.addEventListener("keydown", onKeyDown);
    return () => {
      document.removeEventListener("pointerdown", onPointerDown);
      document.removeEventListener("keydown", onKeyDown);
    };
  }, []);

  return (
    <details
      ref={box}
      className={`group relative ${className}`}
      onBlur={({ relatedTarget }) =>
        relatedTarget && !box.current?.contains(relatedTarget) ? close(box.current) : undefined
      }
    >
      <summary className={`cursor-pointer list-none [&::-webkit-details-marker]:hidden ${summaryClass}`}>
        {summary}
      </summary>
      <div
        className={`absolute z-30 animate-[appear_100ms_ease-out] rounded-lg border border-line bg-surface-raised shadow-md ${panelClass}`}
      >
        {children}
      </div>
    </details>
  );
}

function close(box: HTMLDetailsElement | null) {
  if (box) box.open = false;
}
