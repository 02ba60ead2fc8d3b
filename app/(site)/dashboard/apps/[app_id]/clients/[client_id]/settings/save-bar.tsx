"use client";

// Bar with the only save button of the settings. It stays at the bottom, and warns before unsaved changes are lost.
import { useEffect, useRef, useState } from "react";
import { FormMessage } from "@/app/_ui/form";
import { useFormState } from "@/app/_ui/form-context";
import { SubmitButton } from "@/app/_ui/submit-button";

/** What the form would send, without empty fields and the fields of React. */
function contentOf(form: HTMLFormElement): string {
  const sent = [...new FormData(form)].filter(([name, value]) => value !== "" && !name.startsWith("$"));
  return JSON.stringify(sent.filter(([name]) => name !== "version").sort());
}

function useUnsaved() {
  const bar = useRef<HTMLDivElement>(null);
  const saved = useRef<string | null>(null);
  const [isUnsaved, setUnsaved] = useState(false);
  const state = useFormState();

  useEffect(() => {
    const form = bar.current?.closest("form");
    if (!form) return;
    if (saved.current === null || state.ok) saved.current = contentOf(form);
    const compare = () => setUnsaved(contentOf(form) !== saved.current);
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

  useEffect(() => {
    if (!isUnsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isUnsaved]);

  return { bar, isUnsaved };
}

export function SaveBar() {
  const { bar, isUnsaved } = useUnsaved();
  return (
    <div ref={bar} className="sticky bottom-0 z-10 -mx-1 grid gap-3 border-t border-line bg-surface px-1 py-4 lg:pl-75">
      <FormMessage />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <SubmitButton>Save changes</SubmitButton>
        <span role="status" className="text-sm text-ink-muted">
          {isUnsaved && "You have unsaved changes."}
        </span>
      </div>
    </div>
  );
}
