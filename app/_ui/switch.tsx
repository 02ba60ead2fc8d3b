"use client";

// Switch of a `Form`. A checkbox underneath, so that it works without JavaScript.
import { type ReactNode, useId } from "react";
import { errorSentence } from "./error-sentence";
import { useFormState } from "./form-context";

type FormSwitchProps = {
  label: string;
  /** Sent as "on" when on, otherwise not sent. */
  name: string;
  defaultOn?: boolean;
  hint?: ReactNode;
};

export function FormSwitch({ label, name, defaultOn = false, hint }: FormSwitchProps) {
  const id = useId();
  const { fields, values } = useFormState();
  const problem = fields?.[name];
  const on = values ? values[name] === "on" : defaultOn;

  return (
    <div className="flex items-start gap-3">
      <span className="relative mt-0.5 inline-flex shrink-0">
        <input
          // The key makes React apply the returned value over the initial one.
          key={String(on)}
          id={id}
          type="checkbox"
          // biome-ignore lint/a11y/useAriaPropsForRole: a checkbox exposes its checked state itself
          role="switch"
          name={name}
          defaultChecked={on}
          aria-invalid={problem ? true : undefined}
          aria-describedby={hint || problem ? `${id}-about` : undefined}
          className="peer relative h-5 w-9 cursor-pointer before:absolute before:-inset-2.5 appearance-none rounded-full border border-line-strong bg-surface-sunken transition-colors checked:border-accent checked:bg-accent disabled:cursor-not-allowed disabled:opacity-55"
        />
        <span
          aria-hidden="true"
          className="pointer-events-none absolute top-[0.1875rem] left-[0.1875rem] size-3.5 rounded-full bg-line-strong transition-transform peer-checked:translate-x-4 peer-checked:bg-accent-contrast"
        />
      </span>
      <div className="min-w-0 text-sm">
        <label htmlFor={id} className="-my-2 block py-2 font-medium">
          {label}
        </label>
        {(hint || problem) && (
          <div id={`${id}-about`} className="text-ink-muted">
            {problem && <p className="text-danger">{errorSentence(label, problem)}</p>}
            {hint}
          </div>
        )}
      </div>
    </div>
  );
}
