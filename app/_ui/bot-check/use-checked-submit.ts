"use client";

// Holds a form's submission back until the bot check has a token, then sends the form as before.
import { type RefObject, useEffect, useRef, useState } from "react";

export type CheckStatus = "idle" | "working" | "failed";

interface Check {
  /** Resolves once there is a token. Each token is used for one submission. */
  getToken: () => Promise<string>;
  /** Called when the user begins to fill in the form. */
  prepare?: () => void;
  /** Only submissions to this path are checked. */
  only?: string;
}

function isChecked(form: HTMLFormElement, submitter: HTMLElement | null, only: string | undefined): boolean {
  const action = submitter?.hasAttribute("formAction") ? (submitter as HTMLButtonElement).formAction : form.action;
  return only === undefined || new URL(action, location.href).pathname.endsWith(only);
}

export function useCheckedSubmit(check: Check): { field: RefObject<HTMLInputElement | null>; status: CheckStatus } {
  const field = useRef<HTMLInputElement>(null);
  const latest = useRef(check);
  const [status, setStatus] = useState<CheckStatus>("idle");
  useEffect(() => {
    latest.current = check;
  });

  useEffect(() => {
    const input = field.current;
    const form = input?.form;
    if (!input || !form) return;
    let state: "waiting" | "checking" | "passing" = "waiting";

    async function sendWithToken(target: HTMLInputElement, to: HTMLFormElement, submitter: HTMLElement | null) {
      state = "checking";
      setStatus("working");
      try {
        target.value = await latest.current.getToken();
        // A form ignores requestSubmit while its submit event is still being dispatched.
        await new Promise((resolve) => setTimeout(resolve));
        state = "passing";
        setStatus("idle");
        to.requestSubmit(submitter);
      } catch {
        setStatus("failed");
      } finally {
        state = "waiting";
      }
    }

    // Before React and the lock of submitted forms see the event.
    function holdBack(event: SubmitEvent) {
      const { submitter } = event;
      if (!input || !form || state === "passing" || !isChecked(form, submitter, latest.current.only)) return;
      event.preventDefault();
      event.stopPropagation();
      if (state === "waiting") void sendWithToken(input, form, submitter);
    }

    const prepare = () => latest.current.only === undefined && latest.current.prepare?.();
    form.addEventListener("submit", holdBack, true);
    form.addEventListener("input", prepare);
    return () => {
      form.removeEventListener("submit", holdBack, true);
      form.removeEventListener("input", prepare);
    };
  }, []);

  return { field, status };
}
