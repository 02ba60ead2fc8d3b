"use client";

// Box that shows a new secret once. It takes the focus, so that the user notices it.
import { type ReactNode, useEffect, useRef } from "react";
import { CopyButton } from "./copy-button";

type NewSecretProps = {
  /** What it is: "API key". */
  name: string;
  secret: string;
  /** Of several secrets, only the first takes the focus. */
  takesFocus?: boolean;
  /** Where to store it. */
  children?: ReactNode;
};

export function NewSecret({ name, secret, takesFocus = true, children }: NewSecretProps) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (takesFocus) box.current?.focus();
  }, [takesFocus]);

  return (
    <section
      ref={box}
      tabIndex={-1}
      aria-label={`New ${name}`}
      className="rounded-md border border-warning bg-warning-soft p-4"
    >
      <p className="text-sm font-medium">Copy this {name} now. It won’t be shown again.</p>
      <div className="mt-3 flex items-start gap-2 rounded-sm border border-line bg-surface-raised py-1 pr-1 pl-3">
        <code className="min-w-0 flex-1 py-1 font-mono text-[0.8125rem] break-all select-all">{secret}</code>
        <CopyButton text={secret} what={name} />
      </div>
      {children && <div className="mt-3 text-sm text-ink-muted">{children}</div>}
    </section>
  );
}
