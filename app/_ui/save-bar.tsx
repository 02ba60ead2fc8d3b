"use client";

// Bar with the only save button of a page of settings. It stays at the bottom of the window.
import { FormMessage } from "./form";
import { SubmitButton } from "./submit-button";
import { useUnsaved } from "./use-unsaved";

export function SaveBar() {
  const { bar, status, discard } = useUnsaved();
  const isSaved = status === "saved";
  return (
    <div ref={bar} className="sticky bottom-0 z-10 -mx-1 grid gap-3 border-t border-line bg-surface px-1 py-4 lg:pl-75">
      <FormMessage />
      <div className="flex min-h-10 flex-wrap items-center gap-x-4 gap-y-2">
        {/* Not `disabled`: a disabled button loses the focus. */}
        <SubmitButton
          aria-disabled={isSaved || undefined}
          onClick={(event) => isSaved && event.preventDefault()}
          aria-keyshortcuts="Control+S Meta+S"
        >
          Save changes
        </SubmitButton>
        {status === "unsaved" && (
          <button
            type="button"
            onClick={discard}
            className="cursor-pointer rounded-sm px-1 py-2.5 text-sm text-ink-muted underline underline-offset-2 hover:text-ink"
          >
            Discard
          </button>
        )}
        <span role="status" className="text-sm text-ink-muted">
          {status === "unsaved" && "You have unsaved changes."}
        </span>
      </div>
    </div>
  );
}
