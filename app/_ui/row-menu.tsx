"use client";

// Menu of a table's row. A native popover: it opens without script, and the table doesn't clip it.
import { Ellipsis } from "lucide-react";
import { type MouseEvent, type ReactNode, useId } from "react";

/** Before the action runs, so that a dialog returns the focus to the button of the menu. */
function closeAfterChoice(event: MouseEvent<HTMLElement>) {
  if ((event.target as Element).closest("a, button")) event.currentTarget.hidePopover();
}

/** `label`: the accessible name of the button, such as "Actions for bob@example.com". */
export function RowMenu({ label, children }: { label: string; children: ReactNode }) {
  const id = useId();
  return (
    // Above the link that covers the row.
    <div className="relative z-10 -my-1 flex justify-end">
      <button
        type="button"
        popoverTarget={id}
        aria-label={label}
        className="grid size-8 cursor-pointer place-items-center rounded-sm text-ink-muted hover:bg-surface-sunken hover:text-ink pointer-coarse:size-10"
      >
        <Ellipsis aria-hidden="true" className="size-4" strokeWidth={1.75} />
      </button>
      <div
        id={id}
        popover="auto"
        onClickCapture={closeAfterChoice}
        className="m-0 mt-1 w-52 rounded-md border border-line bg-surface-raised p-1 text-ink shadow-md [position-area:bottom_span-left] [position-try-fallbacks:flip-block] [&_button]:w-full [&_button]:justify-start [&_button]:px-3 [&_button]:font-normal"
      >
        {children}
      </div>
    </div>
  );
}
