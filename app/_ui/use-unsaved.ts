"use client";

// Whether the form around an element has unsaved changes. Warns before they are lost; Ctrl S saves them.
import { useCallback, useEffect, useRef, useState } from "react";
import { useFormState } from "./form-context";

/** `unknown` until the script runs. */
type Status = "unknown" | "saved" | "unsaved";

const QUESTION = "You have unsaved changes. Leave this page without saving them?";

/** What the form would send, without empty fields and the fields of React. */
function contentOf(form: HTMLFormElement): string {
  const sent = [...new FormData(form)].filter(([name, value]) => value !== "" && !name.startsWith("$"));
  return JSON.stringify(sent.filter(([name]) => name !== "version").sort());
}

function useStatus() {
  const bar = useRef<HTMLDivElement>(null);
  const saved = useRef<string | null>(null);
  const [status, setStatus] = useState<Status>("unknown");
  const state = useFormState();
  useEffect(() => {
    const form = bar.current?.closest("form");
    if (!form) return;
    if (saved.current === null || state.ok) saved.current = contentOf(form);
    const compare = () => setStatus(contentOf(form) === saved.current ? "saved" : "unsaved");
    // After the change: a click may add or remove a row.
    const later = () => setTimeout(compare);
    compare();
    form.addEventListener("input", later);
    form.addEventListener("click", later);
    return () => {
      form.removeEventListener("input", later);
      form.removeEventListener("click", later);
    };
  }, [state]);
  return { bar, status };
}

/** The link of this page that a plain click follows, or null. */
function followedLink(event: MouseEvent): HTMLAnchorElement | null {
  const link = (event.target as Element).closest?.<HTMLAnchorElement>("a[href]");
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  return link && isPlain && !link.target && !link.hasAttribute("download") ? link : null;
}

function useWarning(isUnsaved: boolean): (leave: () => void) => void {
  const leaving = useRef(false);
  useEffect(() => {
    if (!isUnsaved) return;
    const beforeUnload = (event: BeforeUnloadEvent) => {
      if (!leaving.current) event.preventDefault();
    };
    // Links within the dashboard don't unload the page.
    const beforeLink = (event: MouseEvent) => {
      if (!followedLink(event)) return;
      if (window.confirm(QUESTION)) {
        leaving.current = true;
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener("beforeunload", beforeUnload);
    document.addEventListener("click", beforeLink, { capture: true });
    return () => {
      window.removeEventListener("beforeunload", beforeUnload);
      document.removeEventListener("click", beforeLink, { capture: true });
    };
  }, [isUnsaved]);
  return useCallback((leave) => {
    leaving.current = true;
    leave();
  }, []);
}

export function useUnsaved() {
  const { bar, status } = useStatus();
  const leaveWithoutWarning = useWarning(status === "unsaved");
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey)
        return;
      event.preventDefault();
      if (status === "unsaved") bar.current?.closest("form")?.requestSubmit();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [bar, status]);
  return { bar, status, discard: () => leaveWithoutWarning(() => location.reload()) };
}
