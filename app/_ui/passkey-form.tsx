"use client";

// Form whose button asks the browser for a passkey and posts the answer (WebAuthn §5.1). Without
// script, it says what to do instead.
import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
} from "@simplewebauthn/browser";
import { Fingerprint } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { Button } from "./button";

type PasskeyFormProps = {
  action: string;
  hidden?: Record<string, string>;
  /** Creation options add a passkey, request options use one. */
  options: { create: PublicKeyCredentialCreationOptionsJSON } | { get: PublicKeyCredentialRequestOptionsJSON };
  label: string;
  variant?: "primary" | "secondary";
  size?: "md" | "lg";
  className?: string;
  /** Further fields, such as a checkbox. */
  children?: ReactNode;
  /** What a user without script can do. */
  otherwise?: string;
};

/** Texts for the errors of browsers. A user who closes the dialog gets NotAllowedError. */
const PROBLEMS: Record<string, string> = {
  NotAllowedError: "The browser got no passkey. Try again, or use another way.",
  InvalidStateError: "This device already has a passkey for your account.",
  SecurityError: "Passkeys don’t work on this page. Use another way.",
};

const UNSUPPORTED = "This browser doesn’t support passkeys. Use another way.";

async function answer(options: PasskeyFormProps["options"]) {
  WebAuthnAbortService.cancelCeremony();
  return "create" in options
    ? startRegistration({ optionsJSON: options.create })
    : startAuthentication({ optionsJSON: options.get });
}

export function PasskeyForm(props: PasskeyFormProps) {
  const {
    action,
    hidden = {},
    options,
    label,
    variant = "primary",
    size = "lg",
    className,
    children,
    otherwise,
  } = props;
  const form = useRef<HTMLFormElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function run() {
    setProblem(null);
    if (!browserSupportsWebAuthn()) return setProblem(UNSUPPORTED);
    setBusy(true);
    try {
      const field = form.current?.elements.namedItem("passkey") as HTMLInputElement;
      field.value = JSON.stringify(await answer(options));
      form.current?.requestSubmit();
    } catch (error) {
      const { name, cause } = error as Error;
      const reason = cause instanceof Error ? cause.name : name;
      setProblem(PROBLEMS[reason] ?? PROBLEMS.NotAllowedError ?? null);
    }
    setBusy(false);
  }

  return (
    <form ref={form} method="post" action={action} className="grid gap-4">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="passkey" />
      {children}
      <Button
        variant={variant}
        size={size}
        className={`noscript:hidden ${className ?? ""}`}
        disabled={busy}
        onClick={run}
      >
        <Fingerprint aria-hidden="true" className={size === "lg" ? "size-5" : "size-4"} strokeWidth={1.75} />
        {label}
      </Button>
      {otherwise && <p className="hidden text-sm text-ink-muted noscript:block">{otherwise}</p>}
      <p role="alert" className="text-sm text-danger empty:hidden">
        {problem}
      </p>
    </form>
  );
}
