"use client";

// Password field with a "show" button (NIST SP 800-63B-4 §3.1.1.2).
import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { errorSentence } from "./error-sentence";
import { controlClass, type FieldFrame, FieldShell } from "./field";
import { useFormState } from "./form-context";

type PasswordFieldProps = FieldFrame & {
  name: string;
  autoComplete: "current-password" | "new-password" | "off";
  /** Replaces the label in error messages. */
  subject?: string;
  /** By default, a field is required unless it is optional. */
  required?: boolean;
};

export function PasswordField({ name, autoComplete, subject, required, ...frame }: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  const problem = useFormState().fields?.[name];
  const Icon = shown ? EyeOff : Eye;

  return (
    <FieldShell {...frame} error={frame.error ?? (problem && errorSentence(subject ?? frame.label, problem))}>
      {(control) => (
        <div className="relative">
          <input
            {...control}
            type={shown ? "text" : "password"}
            name={name}
            required={required ?? !frame.optional}
            autoComplete={autoComplete}
            autoCapitalize="none"
            spellCheck={false}
            className={`${controlClass} h-10 pr-11 pl-3`}
          />
          <button
            type="button"
            aria-pressed={shown}
            aria-label="Show password"
            aria-controls={control.id}
            onClick={() => setShown(!shown)}
            className="absolute inset-y-0 right-0 grid w-11 cursor-pointer place-items-center rounded-md text-ink-muted hover:text-ink noscript:hidden"
          >
            <Icon aria-hidden="true" className="size-4" strokeWidth={1.75} />
          </button>
        </div>
      )}
    </FieldShell>
  );
}
