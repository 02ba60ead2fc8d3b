"use client";

// Button and shortcut (⌘K, Ctrl K) of the search. The dialog is loaded at its first use.
import { Search } from "lucide-react";
import { type ComponentType, useCallback, useEffect, useState, useSyncExternalStore } from "react";
import type { SearchDialogProps } from "./search-dialog";

export function SearchButton({ developerId }: { developerId: string }) {
  const [Dialog, setDialog] = useState<ComponentType<SearchDialogProps> | null>(null);
  const [open, setOpen] = useState(false);
  const isMac = useSyncExternalStore(
    () => () => {},
    () => /Mac|iPhone|iPad/.test(navigator.platform),
    () => false,
  );

  const show = useCallback(async () => {
    const { SearchDialog } = await import("./search-dialog");
    setDialog(() => SearchDialog);
    setOpen(true);
  }, []);

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      void show();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [show]);

  return (
    <>
      <button
        type="button"
        onClick={show}
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        className="flex h-9 min-w-9 cursor-pointer items-center justify-center gap-2 rounded-md border border-line-strong bg-surface-raised px-2.5 text-sm text-ink-muted hover:border-ink-muted hover:text-ink pointer-coarse:h-10 pointer-coarse:min-w-10 md:w-44 md:justify-start noscript:hidden"
      >
        <Search aria-hidden="true" className="size-4" strokeWidth={1.75} />
        <span className="max-md:sr-only">Search</span>
        <span
          aria-hidden="true"
          className="ml-auto w-12 rounded-sm border border-line text-center text-xs max-md:hidden"
        >
          {isMac ? "⌘ K" : "Ctrl K"}
        </span>
      </button>
      {Dialog && open && <Dialog developerId={developerId} onClose={() => setOpen(false)} />}
    </>
  );
}
