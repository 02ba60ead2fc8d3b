"use client";

// Puts a text on the clipboard and says so, to eyes and to screen readers.
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";

const shownMs = 2000;
const labels = { idle: "Copy", copied: "Copied", failed: "Not copied" };

type CopyButtonProps = {
  text: string;
  /** What is copied, for those who do not see it: "Copy the API key". */
  what: string;
  /** Only the icon, for use within a line. */
  compact?: boolean;
};

export function CopyButton({ text, what, compact = false }: CopyButtonProps) {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");

  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), shownMs);
    return () => clearTimeout(timer);
  }, [state]);

  const Icon = state === "copied" ? Check : Copy;
  return (
    <>
      <button
        type="button"
        onClick={async () => setState((await copy(text)) ? "copied" : "failed")}
        // For a finger it is larger than what it takes from the line.
        className="inline-flex h-8 min-w-7 shrink-0 pointer-coarse:-my-1 pointer-coarse:h-10 pointer-coarse:min-w-10 cursor-pointer items-center justify-center gap-1.5 rounded-sm px-2 text-xs font-medium text-ink-muted transition-colors hover:bg-surface-sunken hover:text-ink noscript:hidden"
      >
        <Icon aria-hidden="true" className="size-3.5" strokeWidth={1.75} />
        <span className={compact ? "sr-only" : undefined}>{labels[state]}</span>
        <span className="sr-only">{what}</span>
      </button>
      <span role="status" className="sr-only">
        {state === "copied" && "Copied"}
        {state === "failed" && "Copying failed. Select the text instead."}
      </span>
    </>
  );
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

// navigator.clipboard is missing on plain http, as on a machine in the local network.
function copyBySelection(text: string): boolean {
  const area = document.createElement("textarea");
  const focused = document.activeElement;
  area.value = text;
  area.readOnly = true;
  area.style.position = "fixed";
  area.style.opacity = "0";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return done;
}
