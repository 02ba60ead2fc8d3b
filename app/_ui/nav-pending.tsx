"use client";

// Indicator within a navigation link while its page loads. It appears after a short delay.
import { useLinkStatus } from "next/link";

/** `className`: position, size and shape. */
export function NavPending({ className }: { className: string }) {
  const { pending } = useLinkStatus();
  if (!pending) return null;
  return (
    <span aria-hidden="true" className={`animate-[appear_1ms_150ms_both,breathe_1s_infinite] bg-accent ${className}`} />
  );
}
