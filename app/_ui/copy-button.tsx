"use client";

// Button that copies a text to the clipboard and announces the result.
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";

const shownMs = 2000;
const labels = { idle: "Copy", copied: "Copied", failed: "Copy failed" };

type CopyButtonProps = {
  text: string;
  /** What is copied, for screen readers: "API key". */
  what: string;
  /** Shows only the icon, for use within a line. */
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
        // The touch target is larger than the space that the button takes in the line.
        className="inline-flex h-8 min-w-7 shrink-0 pointer-coarse:-my-1 pointer-coarse:h-10 pointer-coarse:min-w-10 cursor-pointer items-center justify-center gap-1.5 rounded-sm px-2 text-xs font-medium text-ink-muted transition-colors hover:bg-surface-sunken hover:text-ink noscript:hidden"
      >
        <Icon aria-hidden="true" className="size-3.5" strokeWidth={1.75} />
        <span className={compact ? "sr-only" : undefined}>{labels[state]}</span>
        <span className="sr-only">{what}</span>
      </button>
      <span role="status" className="sr-only">
        {state === "copied" && "Copied"}
        {state === "failed" && "Copy failed. Select the text and copy it."}
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

// Browsers provide navigator.clipboard only over https and on localhost.
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
