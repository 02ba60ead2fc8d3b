"use client";

// Form for a Server Action: shows the result, keeps the input, and works without JavaScript.
import { CircleAlert } from "lucide-react";
import { type ReactNode, useActionState, useEffect, useRef } from "react";
import type { FormAction } from "../_server/action";
import { type FormState, UNTOUCHED } from "../_server/form-state";
import { useFocusFallback } from "./focus-fallback";
import { FormContext, useFormState } from "./form-context";
import { guarded } from "./guarded-action";
import { useToast } from "./toast-context";

export type FormProps<Result> = {
  action: FormAction<Result>;
  /** Hidden fields, such as `app_id`. */
  hidden?: Record<string, string>;
  /** The toast after success. */
  success?: string;
  onSuccess?: (data: Result) => void;
  /** The layout of the children; a single column by default. */
  className?: string;
  "aria-label"?: string;
  /** The children render `FormMessage` themselves. */
  placesMessage?: boolean;
  children: ReactNode | ((state: FormState<Result>, pending: boolean) => ReactNode);
};

export function Form<Result>({
  action,
  hidden,
  success,
  onSuccess,
  className = "grid gap-5",
  placesMessage,
  children,
  ...rest
}: FormProps<Result>) {
  const toast = useToast();
  const enableFocusFallback = useFocusFallback();
  const form = useRef<HTMLFormElement>(null);
  // On the server, the action is passed unwrapped, so that the form works without JavaScript.
  const inBrowser = typeof window !== "undefined";
  const send = inBrowser ? guarded(action, succeed) : action;
  const [state, submit, pending] = useActionState<FormState<Result>, FormData>(send, UNTOUCHED);

  // Not in an effect: success may have removed this form from the page.
  function succeed(data: Result) {
    enableFocusFallback();
    if (success) toast(success);
    onSuccess?.(data);
  }

  useEffect(() => {
    if (state.ok === false) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [state]);

  return (
    <FormContext value={withoutHiddenFields(state, hidden)}>
      <form ref={form} action={submit} noValidate className={className} {...rest}>
        {Object.entries(hidden ?? {}).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {!placesMessage && <FormMessage />}
        {state.ok && success && (
          <noscript>
            <p role="status" className="text-sm text-success">
              {success}
            </p>
          </noscript>
        )}
        {typeof children === "function" ? children(state, pending) : children}
      </form>
    </FormContext>
  );
}

/** The errors of hidden fields are left out: the form's message reports them. */
function withoutHiddenFields(state: FormState, hidden: Record<string, string> = {}): FormState {
  const shown = Object.entries(state.fields ?? {}).filter(([name]) => !Object.hasOwn(hidden, name));
  return { ...state, fields: Object.fromEntries(shown) };
}

/** The error message of the whole form. */
export function FormMessage() {
  const state = useFormState();
  if (state.ok !== false) return null;
  const hasFieldErrors = Object.keys(state.fields ?? {}).length > 0;
  return (
    <p role="alert" className="flex gap-2.5 rounded-md bg-danger-soft px-3.5 py-2.5 text-sm text-danger">
      <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" strokeWidth={1.75} />
      <span className="min-w-0 break-words">{hasFieldErrors ? "Please fix the errors below." : state.message}</span>
    </p>
  );
}
